/** A float whose value is a whole number, such as 5.0; every other float is a plain `number`. */
export class WholeFloat {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

/** A decimal of up to 29 digits, `digits` × 10^-`scale`; 5.0000 is `new Decimal(50000n, 4)`. */
export class Decimal {
  readonly digits: bigint
  readonly scale: number
  constructor(digits: bigint, scale: number) {
    this.digits = digits
    this.scale = scale
  }
}
