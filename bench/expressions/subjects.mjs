// What is evaluated: in our language, in adaptive-expressions', and by hand.
const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta']

export const evaluations = [
  {
    name: 'concat',
    ours: "concat('Hello ', variables('name'), ', you are number ', variables('n'), ' of ', variables('of'))",
    theirs: "concat('Hello ', name, ', you are number ', n, ' of ', of)",
    hand: (data) => `Hello ${data.name}, you are number ${data.n} of ${data.of}`,
    context: (index) => ({ name: words[index % 8] + index, n: index, of: `${index + 64}` }),
    marks: { theirs: 3, hand: 3 },
  },
  {
    name: 'if/and',
    ours: "if(and(greater(variables('n'), 10), less(variables('n'), 50)), variables('a'), variables('b'))",
    theirs: 'if(and(greater(n, 10), less(n, 50)), a, b)',
    hand: (data) => (data.n > 10 && data.n < 50 ? data.a : data.b),
    context: (index) => ({ n: index, a: words[index % 8], b: `other ${index}` }),
    marks: { theirs: 3, hand: 3 },
  },
  {
    name: 'split/join',
    ours: "join(split(variables('line'), ';'), ', ')",
    theirs: "join(split(line, ';'), ', ')",
    hand: (data) => data.line.split(';').join(', '),
    context: (index) => ({ line: words.map((word) => word + index).join(';') }),
    marks: { theirs: 3, hand: 3 },
  },
  {
    name: 'property path + toUpper',
    ours: "toUpper(variables('order')?['customer']?['address']?['city'])",
    theirs: 'toUpper(order.customer.address.city)',
    hand: (data) => data.order?.customer?.address?.city.toUpperCase(),
    context: (index) => ({
      order: { id: index, customer: { name: 'n', address: { city: words[index % 8] + index } } },
    }),
    marks: { theirs: 20 },
  },
  {
    name: 'formatDateTime',
    ours: "formatDateTime(variables('at'), 'yyyy-MM-dd HH:mm')",
    theirs: "formatDateTime(at, 'yyyy-MM-dd HH:mm')",
    hand: (data) => `${data.at.slice(0, 10)} ${data.at.slice(11, 16)}`,
    context: (index) => ({
      at: new Date(Date.UTC(2026, index % 12, (index % 28) + 1, index % 24, index % 60)).toISOString(),
    }),
    marks: { theirs: 20 },
  },
]

/** What is compiled: the above and some as flows have them. */
export const parsed = [
  ...evaluations.map(({ ours, theirs }) => ({ ours, theirs })),
  {
    ours: "and(equals(variables('kind'), 'booking'), not(empty(variables('slots'))), greater(length(variables('slots')), 2))",
    theirs: "and(equals(kind, 'booking'), not(empty(slots)), greater(length(slots), 2))",
  },
  {
    ours: "concat(substring(variables('id'), 0, 8), '-', string(add(mul(variables('n'), 2), 1)))",
    theirs: "concat(substring(id, 0, 8), '-', string(add(mul(n, 2), 1)))",
  },
]
