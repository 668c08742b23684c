/** Font of all drawings, the first that is there. */
export const fontFamily = '"Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif'

/** Colours of everything but the outlines, on white; attributes of the drawing carry them. */
export const colours = {
  paper: '#ffffff',
  text: '#1b2430',
  quiet: '#566170',
  line: '#4b5768',
  failure: '#b42318',
  mixed: '#7a5200',
} as const

/**
 * Text of the `<style>` element of every diagram, for pages whose policy names it by its hash: on a dark screen it
 * replaces the colours that the attributes give.
 */
export const diagramStyle = `
@media screen and (prefers-color-scheme: dark) {
.fd-paper{fill:#12161c}
.fd-text{fill:#e8ecf1}
.fd-quiet{fill:#aab4c0}
.fd-line{stroke:#9eabbb}
.fd-head{fill:#9eabbb}
.fd-line-failure{stroke:#ff9a8f}
.fd-head-failure{fill:#ff9a8f}
.fd-line-mixed{stroke:#f0b95a}
.fd-head-mixed{fill:#f0b95a}
.fd-box{fill-opacity:.13}
.fd-lane{fill:#0d1117;fill-opacity:.45}
}
a.fd-link:focus-visible{outline:3px solid #0b57d0;outline-offset:3px}
a.fd-link:hover .fd-outline,a.fd-link:focus-visible .fd-outline{stroke-width:3}
`
