// Tells at the end how much memory the process had at its peak.
process.on('exit', () => process.stderr.write(`peak-kilobytes ${process.resourceUsage().maxRSS}\n`))
