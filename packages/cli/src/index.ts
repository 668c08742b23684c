export type { Interrupt, Io } from './io.ts'
export { main } from './main.ts'
