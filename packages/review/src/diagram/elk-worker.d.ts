// elkjs ships no types for its minified worker. In Node the module exports a worker that runs in this process: its
// dispatcher handles one message and answers through `onmessage` before it returns.
declare module 'elkjs/lib/elk-worker.min.js' {
  interface InProcessWorker {
    onmessage: (answer: { readonly data: { readonly data?: unknown; readonly error?: unknown } }) => void
    readonly dispatcher: { saveDispatch(message: { readonly data: object }): void }
  }
  const exported: { readonly Worker: new () => InProcessWorker }
  export default exported
}
