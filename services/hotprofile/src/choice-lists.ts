/** The choice lists that every tenant has, as SQL: prefectures by their JIS number, classes, statuses. */
const lists: Readonly<Record<string, readonly string[]>> = {
  prefecture: [
    ...['北海道', '青森県', '岩手県', '宮城県', '秋田県', '山形県', '福島県', '茨城県', '栃木県', '群馬県'],
    ...['埼玉県', '千葉県', '東京都', '神奈川県', '新潟県', '富山県', '石川県', '福井県', '山梨県', '長野県'],
    ...['岐阜県', '静岡県', '愛知県', '三重県', '滋賀県', '京都府', '大阪府', '兵庫県', '奈良県', '和歌山県'],
    ...['鳥取県', '島根県', '岡山県', '広島県', '山口県', '徳島県', '香川県', '愛媛県', '高知県', '福岡県'],
    ...['佐賀県', '長崎県', '熊本県', '大分県', '宮崎県', '鹿児島県', '沖縄県'],
  ],
  business_category_kbn: [
    ...['農林水産 Agriculture', '建設 Construction', '製造 Manufacturing', '情報通信 Information'],
    ...['卸売・小売 Trade', '金融 Finance', '宿泊・飲食 Hospitality', '教育 Education', '非営利 Non-profit'],
  ],
  worker_number_kbn: ['1-9', '10-49', '50-299', '300-999', '1000-'],
  capital_kbn: ['-10,000,000', '10,000,000-100,000,000', '100,000,000-1,000,000,000', '1,000,000,000-'],
  ipo_kbn: ['未上場 Not listed', '上場 Listed'],
  lead_source_kbn: ['展示会 Exhibition', 'ウェブ Web', '紹介 Referral', '電話 Telephone', 'その他 Other'],
  lead_status: ['Active', 'Inactive'],
}

/** Inserts every list; entries are numbered from 1. */
export const insertChoiceLists = Object.entries(lists)
  .map(([list, names]) => {
    const rows = names.map((name, index) => `('${list}', ${index + 1}, '${name}')`)
    return `INSERT INTO choices (list, id, name) VALUES ${rows.join(', ')};`
  })
  .join('\n')
