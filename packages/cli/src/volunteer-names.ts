import { randomInt } from 'node:crypto'

const names = [
  'Ana Nováková',
  'Jiří Dvořák',
  'Анна Кузнецова',
  'Олена Шевченко',
  'Ελένη Παπαδοπούλου',
  '花子 山田',
  'さくら 佐藤',
  '伟 王',
  '지우 김',
  'أمل حداد',
  'נועה לוי',
  'आरती शर्मा',
  'Zoë Müller',
  'Chloé Lefèvre',
  'Thị Mai Nguyễn',
  'Íris Gonçalves',
]

/** A volunteer's name in one of several scripts, with a number so that it is most likely new. */
export function randomVolunteerName(): string {
  return `${names[randomInt(names.length)]} ${randomInt(1000, 10_000)}`
}
