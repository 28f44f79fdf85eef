// A real browser as a command: opens a page, does the steps of a JSON list, prints what they give.
//   node browser.mjs CHROMIUM URL WIDTH light|dark < STEPS
// A step is [name, ...arguments]: press KEY, fill SELECTOR TEXT, select SELECTOR VALUE, eval SCRIPT,
// wait SCRIPT, media NAME, axe, pdf (gives its number of pages).
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const [executablePath, url, width, colorScheme] = process.argv.slice(2)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const context = await browser.newContext({ viewport: { width: Number(width), height: 900 }, colorScheme })
const page = await context.newPage()
const errors = []
page.on('pageerror', (error) => errors.push(String(error)))
page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
page.on('request', (request) => request.url().startsWith('file:') || errors.push(`asks for ${request.url()}`))
await page.goto(url)
const does = {
  press: (key) => page.keyboard.press(key),
  fill: (selector, text) => page.fill(selector, text),
  select: (selector, value) => page.selectOption(selector, value),
  click: (selector) => page.click(selector),
  eval: (script) => page.evaluate(script),
  // The page's policy forbids what the library's own way to wait does in it.
  wait: async (script) => {
    for (let tries = 0; tries < 200; tries += 1) {
      // A page that is on its way to another one answers nothing.
      if (await page.evaluate(script).catch(() => false)) return true
      await page.waitForTimeout(50)
    }
    throw new Error(`never true: ${script}`)
  },
  media: (media) => page.emulateMedia({ media }),
  pdf: async () => (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g).length,
  axe: async () => {
    await page.evaluate(axe)
    const { violations } = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')
    return violations.map(({ id, nodes }) => [id, nodes[0].html])
  },
}
const answers = []
for (const [name, ...given] of JSON.parse(readFileSync(0, 'utf8'))) {
  const answer = await does[name](...given)
  answers.push(['eval', 'axe', 'wait', 'pdf'].includes(name) ? (answer ?? null) : null)
}
console.log(`answer: ${JSON.stringify({ answers, errors })}`)
await browser.close()
