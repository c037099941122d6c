import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** What does not come within this time does not come. */
export const PATIENCE_MS = 20_000

const CHROMIUM = '/usr/bin/chromium'
const INSTALL = 'sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium'

/** A real browser without a window, which calls nobody at home. */
export async function launchBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM))
    throw new Error(`The browser tests need Chromium at ${CHROMIUM}. Run:\n\n  ${INSTALL}\n`)
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
}

export const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
} as const
