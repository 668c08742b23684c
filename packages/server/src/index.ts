export { readServerFile, type ServerFile } from './data-folder.ts'
export type { FlowOnServer, ImportRequest, ImportResult, TriggerOnServer } from './flows/flow-service.ts'
export { findProject, type Project, type ProjectConnection } from './project.ts'
export {
  type LocalService,
  type LocalServiceOptions,
  localServices,
  serviceFolder,
  startLocalService,
  type ToldService,
  toldService,
} from './services/local-services.ts'
export { type RunningServer, type ServerOptions, startServer, version } from './start-server.ts'
