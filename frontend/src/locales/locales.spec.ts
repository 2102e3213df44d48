// @vitest-environment node
import { baseParse, NodeTypes, type TemplateChildNode } from '@vue/compiler-dom'
import { describe, expect, test } from 'vitest'

import english from './en.json?raw'
import russian from './ru.json?raw'

type Tree = { [name: string]: string | Tree }

/** "card.like" and its message, for every message of a language. */
function flat(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [[prefix + name, value]] : flat(value, `${prefix}${name}.`),
  )
}

const words = {
  en: new Map(flat(JSON.parse(english) as Tree)),
  ru: new Map(flat(JSON.parse(russian) as Tree)),
}
const sources: Record<string, string> = import.meta.glob(
  ['../**/*.{ts,vue}', '!../**/*.spec.ts', '!../api/*', '!../testing/*'],
  { query: '?raw', import: 'default', eager: true },
)
const templates = Object.entries(sources)
  .filter(([path]) => path.endsWith('.vue'))
  .map(([path, source]) => [path, /^<template>\n(.*)^<\/template>/ms.exec(source)?.[1] ?? ''])

// Named by a genre, which only the catalogue knows.
const isGenre = (key: string) => key.startsWith('genre.')
const placeholders = (message: string) => [...new Set(message.match(/\{\w+\}/g))].sort()

describe('the words of every language', () => {
  test('are for the same things', () => {
    expect([...words.ru.keys()]).toEqual([...words.en.keys()])
  })

  test.each([...words.en])('%s says the same: %s', (key, message) => {
    const translated = words.ru.get(key) ?? ''
    const forms = translated.split('|')
    expect(forms).toHaveLength(message.includes('|') ? 3 : 1)
    expect(translated.trim()).not.toBe('')
    const needed = placeholders(message)
    for (const form of forms) expect(placeholders(form)).toEqual(needed)
  })

  test('are all used', () => {
    const all = Object.values(sources).join('\n')
    const ways = (key: string) =>
      key.includes('.') ? [`'${key}'`, `"${key}"`] : [`t('${key}'`, `plural('${key}'`]
    const isNamed = (key: string) => ways(key).some((way) => all.includes(way))
    expect([...words.en.keys()].filter((key) => !isGenre(key) && !isNamed(key))).toEqual([])
  })

  test('are there for everything that is asked for', () => {
    const groups = Object.keys(JSON.parse(english) as Tree).join('|')
    const ways = [
      /(?:\bt|plural)\('([^']+)'/g,
      / keypath="([^"]+)"/g,
      new RegExp(`'((?:${groups})\\.[\\w-]+)'`, 'g'),
    ]
    const asked = Object.values(sources).flatMap((source) =>
      ways.flatMap((way) => [...source.matchAll(way)].map(([, key]) => key ?? '')),
    )
    const kinds = ['retry', 'do.like', 'footer.sources', 'said.seen']
    expect(asked).toEqual(expect.arrayContaining(kinds))
    expect(asked.filter((key) => !words.en.has(key))).toEqual([])
  })
})

describe('the templates', () => {
  const NAMES = /\b(TMDB|IMDb|MovieLens)\b/g // the same in every language
  const SAID = /^(aria-label|title|alt|placeholder|label|text|heading|action|(empty|range)-.*)$/
  const isProse = (text: string) => /\p{L}/u.test(text.replace(NAMES, ''))

  /** Words that stand in a template itself: text, attributes, and what expressions put together. */
  function wordsOf(node: TemplateChildNode): string[] {
    if (node.type === NodeTypes.TEXT) return isProse(node.content) ? [node.content.trim()] : []
    if (node.type === NodeTypes.INTERPOLATION) return quoted(node.content.loc.source)
    if (node.type !== NodeTypes.ELEMENT) return []
    const attributes = node.props.flatMap((prop) => {
      if (prop.type === NodeTypes.ATTRIBUTE) {
        const value = prop.value?.content ?? ''
        return SAID.test(prop.name) && isProse(value) ? [value] : []
      }
      const name = prop.arg?.loc.source ?? ''
      return SAID.test(name) ? quoted(prop.exp?.loc.source ?? '') : []
    })
    return [...attributes, ...node.children.flatMap(wordsOf)]
  }

  /** Strings in an expression that are neither keys nor one-word states. */
  function quoted(expression: string): string[] {
    const strings = [...expression.matchAll(/'([^']*)'|`([^`]*)`/g)]
    return strings
      .map(([, plain, template]) => plain ?? template ?? '')
      .filter((text) => /\p{L}.*\s|\s.*\p{L}|^\p{Lu}/u.test(text))
  }

  const found = (template: string) => baseParse(template).children.flatMap(wordsOf)

  test.each(templates)('%s holds no words of its own', (_path, template) => {
    expect(template).not.toBe('')
    expect(found(template ?? '')).toEqual([])
  })

  test('would be found out', () => {
    expect(found('<p>Hello</p>')).toEqual(['Hello'])
    expect(found('<p aria-label="Close">{{ a ? `No films` : b }}</p>')).toEqual([
      'Close',
      'No films',
    ])
    expect(found(`<p class="x" :title="is ? 'To the light' : t('a.b')"><b>TMDB</b></p>`)).toEqual([
      'To the light',
    ])
  })
})
