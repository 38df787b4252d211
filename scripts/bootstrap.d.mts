/** Types for bootstrap.mjs, which is JavaScript because it runs on the host's Node. */
export function bootstrap(root: string, install?: (root: string) => void): "fresh" | "adopted" | "installed"
export function isInstalled(root: string): boolean
export function linkPostgresLibraries(root: string): void
