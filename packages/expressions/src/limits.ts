/** UTF-16 units of one expression; the designer refuses longer ones. */
export const maxExpressionLength = 8_192
/** Calls and indexes inside one another in one expression. */
export const maxExpressionDepth = 256
/** UTF-16 units of a text that a function makes. */
export const maxTextLength = 104_857_600
/** Elements that `range` makes. */
export const maxRangeCount = 100_000
/** Arrays and objects inside one another in JSON text and in what is printed as JSON. */
export const maxJsonDepth = 2_000
/** The same for text that a flow or the outside supplies, so that what wraps it still prints. */
export const maxForeignJsonDepth = 1_000
/** Digits of one number in JSON text. */
export const maxNumberLength = 1_000
/** Nodes that the steps of one XPath look at, each as often as it is reached. */
export const maxNodeTests = 1_000_000
/** UTF-16 units of a format of dates, numbers or spans. */
export const maxFormatLength = 10_000
/** Items of an array that a function makes of a text. */
export const maxItems = 5_000_000
/** UTF-16 units of XML text. */
export const maxXmlLength = 20_000_000
