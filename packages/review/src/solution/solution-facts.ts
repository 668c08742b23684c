/** What the files of one solution say beside its flows. */
export interface SolutionFacts {
  /** Archive or folder it was read from, as the user knows it; '' for the folder that was given itself. */
  readonly file: string
  /** Full name of its `solution.xml`, `archive.zip!solution.xml` in an archive. */
  readonly manifest: string
  readonly uniqueName: string
  readonly version: string
  readonly publisher: string
  /** Customisation prefix of the publisher, such as `contoso`; '' when it is not told. */
  readonly prefix: string
  readonly connectionReferences: readonly SolutionConnectionReference[]
  readonly environmentVariables: readonly SolutionEnvironmentVariable[]
  /** One for each display name of a thing that is needed. */
  readonly missingDependencies: readonly MissingDependency[]
  readonly customConnectors: readonly CustomConnector[]
  readonly tables: readonly string[]
  readonly roles: readonly string[]
  readonly fieldSecurityProfiles: readonly string[]
  readonly canvasApps: readonly string[]
  readonly customControls: readonly string[]
  /** Such as `1033`; several are joined by commas. */
  readonly languageCode: string
}

export interface SolutionConnectionReference {
  /** Logical name, such as `contoso_sharedsharepointonline_1a2b3`. */
  readonly name: string
  readonly displayName: string
  /** Name of the API, such as `shared_sharepointonline`. */
  readonly api: string
  readonly isCustomizable: boolean
}

export interface SolutionEnvironmentVariable {
  /** Schema name. */
  readonly name: string
  readonly displayName: string
  /** String, Number, Boolean, JSON, Data source, Secret; the number as written when unknown. */
  readonly type: string
  readonly isCustomizable: boolean
  readonly hasDefault: boolean
  readonly hasValue: boolean
}

/** A thing the solution needs and does not bring. */
export interface MissingDependency {
  readonly name: string
  /** Kind of component in words, such as `Table`; as written when unknown. */
  readonly type: string
  /** Solution that brings it, with its version, as `solution.xml` says it; `Active` for what no solution holds. */
  readonly solution: string
  /** Display names of what needs it, joined by commas. */
  readonly dependent: string
}

export interface CustomConnector {
  readonly name: string
  readonly description: string
  readonly host: string
}
