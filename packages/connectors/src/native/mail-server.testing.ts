import { type AddressInfo, createServer, type Socket } from 'node:net'

/** What a sender handed over. */
export interface Delivered {
  readonly envelope: readonly string[]
  readonly message: string
}

/** Answers by the first word of a command, `MESSAGE` for the message itself; the ordinary one otherwise. */
export type Answers = Readonly<Record<string, string | undefined>>

const ordinary: Answers = { EHLO: '250 tiny', DATA: '354 go on', QUIT: '221 bye', MESSAGE: '250 kept' }

/** A mail server of a few lines that keeps what it is given. */
export async function openMailServer(answers: Answers = {}) {
  const delivered: Delivered[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    converse(socket, { ...ordinary, ...answers }, delivered)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    delivered,
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function converse(socket: Socket, answers: Answers, delivered: Delivered[]): void {
  let rest = ''
  let envelope: string[] = []
  let end = '\r\n'
  const reply = (word: string) => socket.write(`${answers[word] ?? '250 ok'}\r\n`)
  const take = (piece: string) => {
    if (end !== '\r\n') {
      delivered.push({ envelope, message: piece })
      envelope = []
      end = '\r\n'
      return reply('MESSAGE')
    }
    const word = piece.split(/[ :]/)[0]?.toUpperCase() ?? ''
    if (word === 'MAIL' || word === 'RCPT') envelope.push(piece)
    if (word === 'DATA') end = '\r\n.\r\n'
    return reply(word)
  }
  socket.on('error', () => undefined)
  socket.on('data', (bytes) => {
    rest += bytes.toString('latin1')
    for (let at = rest.indexOf(end); at >= 0; at = rest.indexOf(end)) {
      const piece = rest.slice(0, at)
      rest = rest.slice(at + end.length)
      take(piece)
    }
  })
  socket.write('220 tiny\r\n')
}
