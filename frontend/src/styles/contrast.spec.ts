// @vitest-environment node
import { readFileSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

const sheet = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const tokens = sheet('tokens.css')
const components: Record<string, string> = import.meta.glob('../**/*.vue', {
  query: '?raw',
  import: 'default',
  eager: true,
})

const TEXT = 4.5 // WCAG 2.2, 1.4.3
const PART = 3 // 1.4.11: what is needed to make out a control, its state or its focus

/** What stands on what, wherever it does. The ground is the first, then what that lies on. */
const PAIRS: [front: string, least: number, ...grounds: string[]][] = [
  ['--ink', TEXT, '--ground', '--surface', '--raised', '--sunken', '--amber-tint', '--red-tint'],
  ['--ink-soft', TEXT, '--ground', '--surface', '--raised', '--sunken', '--amber-tint'],
  ['--red', TEXT, '--ground', '--surface', '--raised'],
  ['--on-red', TEXT, '--red'],
  ['--on-amber', TEXT, '--amber'],
  ['--ground', TEXT, '--ink'],
  ['--sign-ink', TEXT, '--sign-panel', '--sign-rail'],
  ['--sign-ink-soft', TEXT, '--sign-panel', '--sign-rail'],
  ['--sign-red', TEXT, '--sign-panel', '--sign-rail'],
  ['--on-picture', TEXT, '--stage', '--picture-veil'],
  ['--sign-bulb', TEXT, '--picture-veil'],
  // Element Plus: buttons at rest, under the pointer and plain; the cross that closes a dialog.
  ['--el-button-text-color', TEXT, '--el-color-primary'],
  ['--el-button-hover-text-color', TEXT, '--el-color-primary-light-3'],
  ['--el-button-active-text-color', TEXT, '--el-color-primary-dark-2'],
  ['--el-color-primary', TEXT, '--el-fill-color-blank', '--el-color-primary-light-9'],
  ['--el-text-color-regular', TEXT, '--el-fill-color-blank', '--el-dialog-bg-color'],
  ['--el-text-color-primary', TEXT, '--el-dialog-bg-color', '--el-drawer-bg-color'],
  ['--el-color-info', TEXT, '--el-dialog-bg-color'],
  ['--el-border-color', PART, '--el-fill-color-blank', '--el-dialog-bg-color'],
  // The edges of controls, at rest and pressed.
  ['--line-strong', PART, '--ground', '--surface', '--raised'],
  ['--amber-edge', PART, '--ground', '--surface', '--raised'],
  ['--red', PART, '--line'],
  // The ring of what has the focus.
  ['--focus', PART, '--ground', '--surface', '--raised', '--focus-gap'],
  ['--sign-ink', PART, '--sign-panel'],
]

const values = {
  light: { ...declared(':root'), ...declared(':root,\n:root.dark'), ...ofButtons() },
  dark: {
    ...declared(':root'),
    ...declared(':root.dark'),
    ...declared(':root,\n:root.dark'),
    ...ofButtons(),
  },
}

/** The custom properties that the first rule of `selector` declares. */
function declared(selector: string): Record<string, string> {
  const block = tokens.split(`\n${selector} {\n`)[1]?.split('\n}')[0]
  if (block === undefined) throw new Error(`tokens.css has no rule for ${selector}`)
  const found = block.matchAll(/(--[\w-]+):\s*([^;]+);/g)
  return Object.fromEntries([...found].map(([, name, value]) => [name, value]))
}

function ofButtons() {
  return declared('.el-button--primary:not(.is-plain)')
}

type Colour = [red: number, green: number, blue: number, alpha: number]

function colourOf(name: string, theme: keyof typeof values): Colour {
  const value = values[theme][name] ?? ''
  const other = /^var\((--[\w-]+)\)$/.exec(value)?.[1]
  if (other) return colourOf(other, theme)
  const hex = /^#(..)(..)(..)$/.exec(value)
  if (hex) return [byte(hex[1]), byte(hex[2]), byte(hex[3]), 1]
  const rgb = /^rgb\((\d+) (\d+) (\d+) \/ (\d+)%\)$/.exec(value)
  if (!rgb) throw new Error(`${name} is no colour in the ${theme} theme: "${value}"`)
  return [Number(rgb[1]), Number(rgb[2]), Number(rgb[3]), Number(rgb[4]) / 100]
}

const byte = (digits = '') => Number.parseInt(digits, 16)

/** What is seen of a colour that lies over a part of a picture that is white. */
const overWhite = ([r, g, b, alpha]: Colour) =>
  [r, g, b].map((channel) => channel * alpha + 255 * (1 - alpha))

// Relative luminance and contrast as WCAG 2.2 defines them.
function luminance(colour: Colour): number {
  const [r = 0, g = 0, b = 0] = overWhite(colour).map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: Colour, other: Colour): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const cases = PAIRS.flatMap(([front, least, ...grounds]) =>
  grounds.flatMap((ground) =>
    (['light', 'dark'] as const).map((theme) => ({ front, ground, least, theme })),
  ),
)

describe('the colours', () => {
  test.each(cases)('$front on $ground reaches $least in the $theme theme', (pair) => {
    const { front, ground, least, theme } = pair
    expect(contrast(colourOf(front, theme), colourOf(ground, theme))).toBeGreaterThanOrEqual(least)
  })

  test('are measured as WCAG measures them', () => {
    const white: Colour = [255, 255, 255, 1]
    expect(contrast(white, [0, 0, 0, 1])).toBeCloseTo(21, 5)
    expect(contrast(white, white)).toBe(1)
    // Element Plus' own primary: what its buttons would be without these tokens.
    expect(contrast(white, [0x40, 0x9e, 0xff, 1])).toBeCloseTo(2.78, 2)
    // Black at a half over white is the grey 127.5: ((127.5/255 + .055)/1.055)^2.4 = .21404.
    expect(contrast(white, [0, 0, 0, 0.5])).toBeCloseTo(1.05 / 0.26404, 2)
  })
})

describe('the styles', () => {
  const rules = Object.values({ base: sheet('base.css'), ...components }).flatMap(rulesOf)
  const tokenOf = (rule: string, property: string) =>
    new RegExp(`(?:^|[\\s;])${property}:\\s*var\\((--[\\w-]+)\\)`).exec(rule)?.[1]

  test('put a colour only on a ground on which it is measured', () => {
    const pairs = rules
      .map((rule) => [tokenOf(rule, 'color'), tokenOf(rule, 'background')])
      .filter(([front]) => front !== undefined)
    const isMeasured = ([front, ground]: typeof pairs[number]) =>
      PAIRS.some(([one, , ...on]) => one === front && (!ground || on.includes(ground)))
    expect(pairs).toContainEqual(['--on-red', '--red'])
    expect(pairs.filter((pair) => !isMeasured(pair))).toEqual([])
  })

  test('name every colour by its token; shadows alone are free', () => {
    const raw = Object.values(components)
      .flatMap(rulesOf)
      .flatMap((rule) => rule.split(';'))
      .filter((line) => !line.includes('box-shadow') && /#[\da-f]{3}|\b(rgb|hsl)a?\(/i.test(line))
    expect(raw).toEqual([])
  })

  /** The declarations of every rule of a style sheet, or of a component's. */
  function rulesOf(source: string): string[] {
    const style = source.slice(Math.max(0, source.indexOf('\n<style')))
    const bare = style.replaceAll(/\/\*.*?\*\//gs, '')
    return [...bare.matchAll(/\{([^{}]*)\}/g)].map(([, declarations = '']) => declarations)
  }
})
