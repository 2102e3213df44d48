import type { BarePick, Entry } from '@/api/types'

import { nameOf } from './commands'

/** What a link can carry and stay short enough to be sent: the most important ones. */
export const MOST_SHARED = 30

/** A pick from a link. A tag comes with its name, for tags are looked up by name. */
export type SharedPick = BarePick & { name?: string }

/**
 * Films and tags in their order, the most important last, a minus for "not": `m2571,-t12~Drama`.
 */
export function encodePicks(picks: Entry[]): string {
  return picks
    .slice(-MOST_SHARED)
    .map((pick) => {
      const sign = pick.liked ? '' : '-'
      if (pick.kind === 'movie') return `${sign}m${pick.id}`
      return `${sign}t${pick.id}~${nameOf(pick).replaceAll(',', ' ')}`
    })
    .join(',')
}

/** Reads what `encodePicks` wrote; parts that are no picks are left out, and each counts once. */
export function decodePicks(text: string): SharedPick[] {
  const picks = new Map<string, SharedPick>()
  for (const part of text.split(',').slice(-MOST_SHARED)) {
    const [, not, letter, digits, name] = /^(-?)([mt])(\d{1,10})(?:~(.+))?$/.exec(part) ?? []
    if (!letter || !digits || Number(digits) > 2 ** 31 - 1) continue
    const kind = letter === 'm' ? 'movie' : 'tag'
    picks.set(`${letter}${digits}`, { kind, id: Number(digits), liked: not === '', name })
  }
  return [...picks.values()]
}
