export type { Answer } from './answer.ts'
export { created, noContent, ok } from './answer.ts'
export type { AttemptRecord, PathSummary } from './attempts.ts'
export type { Clock } from './clock.ts'
export { isoTime, systemClock } from './clock.ts'
export type { CurlCall } from './curl.ts'
export { curlDetails, curlOf } from './curl.ts'
export type { DeliveryPolicy, DeliveryTry } from './delivery-policy.ts'
export { standardDelivery } from './delivery-policy.ts'
export { serviceErrors } from './errors.ts'
export type { OutgoingFile } from './file-answer.ts'
export { fileAnswer } from './file-answer.ts'
export type { Html } from './html.ts'
export { escapeHtml, html, page } from './html.ts'
export type { KeyRecord, Role } from './keys.ts'
export type { Method, OpenApi, Operation, Parameter, ResponseObject, Schema } from './openapi.ts'
export { operationsOf, routePath } from './openapi.ts'
export type { DeliveryRecord, ServiceEvent } from './outbox.ts'
export type { OwnerFile } from './owner-file.ts'
export type { FieldProblem, Problem } from './problem.ts'
export { invalid, problemOf, refused } from './problem.ts'
export { containsPattern, insertRow, updateRow } from './rows.ts'
export type {
  Call,
  DueWork,
  Handler,
  Listener,
  ListenOptions,
  Page,
  PageCall,
  ServiceContext,
  ServiceDefinition,
} from './service.ts'
export { defineService } from './service.ts'
export type { RunningService, StartOptions } from './start-service.ts'
export { startService } from './start-service.ts'
export type { NewSubscription, SubscriptionRecord, Subscriptions } from './subscriptions.ts'
export { checkCallbackUrl } from './subscriptions.ts'
export type { Throttle } from './throttle.ts'
export { defaultThrottle } from './throttle.ts'
export { unstorableTexts } from './unstorable.ts'
export { createValidation } from './validation.ts'
