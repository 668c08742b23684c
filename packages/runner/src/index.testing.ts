export { memoryStore } from './memory-store.testing.ts'
export { runStoreContract, type StoreUnderTest } from './run-store-contract.testing.ts'
export { type SimulatedClock, simulatedClock } from './simulated-clock.testing.ts'
