import { memoryStore } from './memory-store.testing.ts'
import { runStoreContract } from './run-store-contract.testing.ts'

runStoreContract('the store in memory', async () => {
  const store = memoryStore()
  return { store, dispose: () => store.close() }
})
