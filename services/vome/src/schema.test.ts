import { migrate, openDatabase } from '@flowstead/sqlite'
import { expect, test } from 'vitest'
import { due } from './due-work.ts'
import { profilePayload } from './profiles/profile-payload.ts'
import { steps } from './schema.ts'
import { startOfTests } from './vome.testing.ts'

test('data of the first version is taken over, and the clock goes on with it', () => {
  const db = openDatabase(':memory:')
  migrate(db, steps.slice(0, 1))
  const at = startOfTests
  db.exec(`
    INSERT INTO organization VALUES ('o', 'Old', 'Europe/Paris');
    INSERT INTO profiles VALUES (1, 'p', 'A', 'B', 'a@b.example', '', NULL, 3, '', '', '', '[]', '[]', '', '[]',
      NULL, '', 1, 0, NULL, ${at}, ${at});
    INSERT INTO categories VALUES (1, 'c', 'C', '', ${at}, ${at});
    INSERT INTO opportunities VALUES (1, 'q', 'c', 'O', '', 'active', 1, 60, 60, ${at}, ${at});
    INSERT INTO shifts VALUES (1, 's', 'q', 'S', '', '', ${at}, ${at + 7_200_000}, 3, ${at}, ${at});
    INSERT INTO shifts VALUES (2, 't', 'q', 'S', '', '', ${at}, ${at + 7_200_000}, 3, ${at}, ${at});
    INSERT INTO reservations VALUES (1, 'r', 's', 'p', 1, NULL, NULL, NULL, ${at}, ${at});
    INSERT INTO reservations VALUES (2, 'd', 't', 'p', 4, ${at}, ${at + 7_200_000}, NULL, ${at}, ${at});
  `)
  migrate(db, steps)
  const context = { db, now: () => at }
  expect(due.nextAt(context as Parameters<typeof due.nextAt>[0])).toBe(at + 7_200_000)
  expect(profilePayload(context, 'p')).toMatchObject({
    logged_hours: 2,
    completed_shifts: 1,
    medical_information: { has_medical_info: false },
  })
  expect(db.prepare('SELECT name FROM organization').all()).toEqual([{ name: 'Old' }])
})
