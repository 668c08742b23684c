/** Thrown inside this package when a request must not be sent; leaves it as the result `Outbound.Refused`. */
export class Refusal extends Error {}
