// Pictures of pages side by side on one sheet, as a command:
//   node sheet.mjs CHROMIUM OUT.webp < ROWS
// ROWS are lists of tiles: {url, width, height, scheme, shown, fill, scroll}; `shown` is the width on the sheet,
// `fill` a selector and what is typed there, `scroll` what stands at the top.
import { readFileSync, writeFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [executablePath, out] = process.argv.slice(2)
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
const shot = async ({ url, width, height, scheme, fill, scroll }) => {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme })
  const page = await context.newPage()
  await page.goto(url)
  if (fill) {
    await page.fill(...fill)
    await page.waitForTimeout(500)
  }
  if (scroll) await page.locator(scroll).first().evaluate((part) => part.scrollIntoView())
  const png = await page.screenshot()
  await context.close()
  return `data:image/png;base64,${png.toString('base64')}`
}
const rows = []
for (const row of JSON.parse(readFileSync(0, 'utf8'))) {
  const tiles = []
  for (const tile of row) tiles.push({ ...tile, source: await shot(tile) })
  rows.push(tiles)
}
const paper = await browser.newPage()
const sheet = await paper.evaluate(async (lines) => {
  const gap = 12
  const tall = ({ width, height, shown }) => Math.round((height * shown) / width)
  const wide = Math.max(...lines.map((line) => line.reduce((sum, { shown }) => sum + shown + gap, gap)))
  const canvas = Object.assign(document.createElement('canvas'), {
    width: wide,
    height: lines.reduce((sum, line) => sum + Math.max(...line.map(tall)) + gap, gap),
  })
  const pen = canvas.getContext('2d')
  pen.imageSmoothingQuality = 'high'
  pen.fillStyle = '#8c959f'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  let top = gap
  for (const line of lines) {
    let left = gap
    for (const tile of line) {
      const image = new Image()
      image.src = tile.source
      await image.decode()
      pen.drawImage(image, left, top, tile.shown, tall(tile))
      left += tile.shown + gap
    }
    top += Math.max(...line.map(tall)) + gap
  }
  return canvas.toDataURL('image/webp', 0.2)
}, rows)
writeFileSync(out, Buffer.from(sheet.split(',')[1], 'base64'))
await browser.close()
