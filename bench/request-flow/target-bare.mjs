// The floor: node:http parses the body, answers a small JSON object.
import { createServer } from 'node:http'

const server = createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const { name, items } = JSON.parse(Buffer.concat(chunks).toString())
    const answer = JSON.stringify({ greeting: `Hello ${name}`, count: items.length })
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(answer),
    })
    response.end(answer)
  })
})
server.listen(0, '127.0.0.1', () => process.send({ ready: { port: server.address().port, path: '/' } }))
process.on('message', () => process.send({ cpu: process.cpuUsage() }))
process.on('disconnect', () => process.exit())
