/** Every problem this package can report about files that steer a review: stable code, what it means. */
export const reviewCodes = {
  'Review.BadConfig':
    'A configuration file is no JSON, no archive, or none of the four configurations is in it.',
  'Review.BadConfigValue': 'A value of a configuration is missing or of the wrong kind; the default stands.',
  'Review.BadRuleConfig': 'A choice about a rule cannot be followed.',
  'Review.BadSuppression': 'An accepted finding names no rule or gives no reason.',
  'Review.BadBaseline': 'The baseline is not one that a review has written.',
} as const

export type ReviewCode = keyof typeof reviewCodes
