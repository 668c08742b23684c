export type { FlowOnServer, ImportRequest, ImportResult, TriggerOnServer } from './flows/flow-service.ts'
export { findProject, type Project, type ProjectConnection } from './project.ts'
export { readServerFile, type ServerFile } from './server-file.ts'
export {
  type LocalService,
  type LocalServiceOptions,
  localServices,
  serviceFolder,
  startLocalService,
  type ToldService,
  toldService,
} from './services/local-services.ts'
export type { RunningServer, ServerOptions } from './start-server.ts'
export { startServer } from './start-when-wanted.ts'
export { version } from './version.ts'
