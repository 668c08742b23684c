// 100,000 invented cards and as many leads of 5,000 clients, the same ones at each run.
import { openDatabase } from '@flowstead/sqlite'

const families = [
  ...[
    '佐藤',
    '鈴木',
    '高橋',
    '田中',
    '伊藤',
    '渡辺',
    '山本',
    '中村',
    '小林',
    '加藤',
    '吉田',
    '山田',
    '佐々木',
  ],
  ...[
    '山口',
    '松本',
    '井上',
    '木村',
    '林',
    '斎藤',
    '清水',
    '山崎',
    '森',
    '池田',
    '橋本',
    '阿部',
    '石川',
    '山下',
  ],
  ...[
    '中島',
    '石井',
    '小川',
    '前田',
    '岡田',
    '長谷川',
    '藤田',
    '後藤',
    '近藤',
    '村上',
    '遠藤',
    '青木',
    '坂本',
  ],
  ...['Nováková', 'Dvořák', 'Smith', 'Lefèvre', 'Иванова', 'Сидоров'],
]
const firsts = ['太郎', '花子', '健', '美咲', '一郎', '翔', '葵', '結衣', 'Jana', 'Alice', 'Éloïse', 'Мария']
const kana = [
  'サトウ',
  'スズキ',
  'タカハシ',
  'タナカ',
  'イトウ',
  'ワタナベ',
  'ヤマモト',
  'ナカムラ',
  'ヤマダ',
]
const towns = [
  '港区 芝公園',
  '新宿区 西新宿',
  '中央区 銀座',
  '千代田区 丸の内',
  '横浜市西区',
  '大阪市北区 梅田',
  '松本市',
]
const posts = ['営業部長', '購買課長', '代表取締役', 'Coordinator', 'jednatelka', '主任']
const notes = [
  '展示会の二日目に交換。来月に訪問する予定。',
  'Newsletter 希望。',
  '名刺管理に関心あり。資料を送付済み。',
  '',
]
const words = [
  'みらい',
  '東都',
  '北斗',
  'さくら',
  'Harbour',
  'Žlutý kůň',
  'Северный',
  'Lumière',
  '山手',
  '青葉',
]
const trades = ['商事', '農園', '製作所', '物流', 'システム', '食品', '建設', '印刷']

export const size = 100_000
const clientCount = 5000
const dayMs = 86_400_000
/** Noon of 1 October 2026 in Tokyo; the newest record is a minute older. */
const newest = Date.UTC(2026, 9, 1, 3)

/** Fills the tables of the service; the service makes its index of texts when it is started. */
export function writeRecords(path) {
  const db = openDatabase(path, { durability: 'normal' })
  const random = numbers(7)
  const pick = (list) => list[random(list.length)]
  const digits = (count) => String(random(10 ** count)).padStart(count, '0')
  const phone = (prefix) => `${prefix}-${digits(4)}-${digits(4)}`
  const insert = (table, row) => {
    const names = Object.keys(row)
    return db.prepare(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    )
  }
  const client = (n) => {
    const name = `株式会社${pick(words)}${pick(trades)}${n}`
    return { id: n, name, name_kana: pick(kana), name_disp: name.slice(4), ...at(n, clientCount) }
  }
  const person = (n) => ({
    id: n,
    client_id: 1 + random(clientCount),
    organization_id: 1 + random(6),
    family_name: pick(families),
    first_name: pick(firsts),
    family_name_kana: pick(kana),
    first_name_kana: 'タロウ',
    post: pick(posts),
    tel: phone('03'),
    fax: phone('03'),
    email: `person${n}@example${random(5000)}.co.jp`,
    mobile_tel: phone('090'),
    zip: `${100 + random(99)}-${digits(4)}`,
    pref_id: 1 + random(47),
    address: `${pick(towns)}${random(9) + 1}-${random(20) + 1}-${random(9) + 1} みらいビル ${random(20) + 1}階`,
    url: `https://www.example${random(5000)}.co.jp/`,
    latitude: `35.${digits(7)}`,
    longitude: `139.${digits(7)}`,
    lead_source: '春の展示会',
    owner_user_id: 1 + random(4),
    note: pick(notes),
    trade_on: dayText(newest - random(1500) * dayMs),
    ...at(n, size),
  })
  const card = (n) => ({ ...person(n), status: 1, open_status: 1, direct_note: pick(notes) })
  const lead = (n) => ({ ...person(n), lead_status: 1, customer_id: `C-${digits(6)}` })
  for (const [table, count, make] of [
    ['clients', clientCount, client],
    ['business_cards', size, card],
    ['leads', size, lead],
  ]) {
    db.transaction(() => {
      // What the service has brought as samples gives way.
      db.exec(`PRAGMA defer_foreign_keys = ON; DELETE FROM ${table}; DELETE FROM ${table}_text`)
      const statement = insert(table, make(1))
      for (let n = 1; n <= count; n++) statement.run(...Object.values(make(n)))
    })
  }
  db.close()
}

function at(n, count) {
  const created = newest - (count - n + 1) * 60_000
  return { created_at: created, updated_at: created }
}

function dayText(instant) {
  return new Date(instant).toISOString().slice(0, 10).replaceAll('-', '/')
}

/** Whole numbers below a limit, the same row for the same seed. */
function numbers(seed) {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}
