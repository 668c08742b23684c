export type { FakeClock } from './fake-clock.testing.ts'
export { fakeClock } from './fake-clock.testing.ts'
export type { Delivered, Receiver, TestAnswer, TestRequest, TestService } from './test-service.testing.ts'
export { startReceiver, startTestService, until } from './test-service.testing.ts'
