// npm run bench [-- name]: runs one benchmark, or all of them.
const benchmarks = {
  expressions: './expressions/bench.mjs',
  hotprofile: './hotprofile/bench.mjs',
  review: './review/bench.mjs',
  'request-flow': './request-flow/bench.mjs',
}

const wanted = process.argv.slice(2)
const names = wanted.length > 0 ? wanted : Object.keys(benchmarks)
for (const name of names) {
  const file = benchmarks[name]
  if (!file) {
    process.stderr.write(
      `There is no benchmark "${name}". There are: ${Object.keys(benchmarks).join(', ')}.\n`,
    )
    process.exit(2)
  }
  const { run } = await import(file)
  await run()
}
