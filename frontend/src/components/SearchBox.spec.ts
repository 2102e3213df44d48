import userEvent from '@testing-library/user-event'
import { render, screen } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'

import { films, found } from '@/api/http_examples'
import { movieSubject } from '@/composables/commands'
import { flaws } from '@/testing/render'

import SearchBox from './SearchBox.vue'

const ready = { status: 'ready' as const, data: found }

async function show(state: object = ready, text = 'ali') {
  const made = render(SearchBox, {
    props: { modelValue: text, state: state as typeof ready, opinionOf: () => undefined },
  })
  await userEvent.click(screen.getByRole('combobox'))
  return made
}

describe('the search box', () => {
  test('suggests films and tags while there is text', async () => {
    await show()
    await userEvent.keyboard('e')
    for (const name of ['Alien 1979', 'Heat 1995', 'space opera tag']) {
      expect(screen.getByRole('option', { name })).toBeVisible()
    }
    expect(screen.getAllByRole('option')).toHaveLength(3)
  })

  test('is worked by keyboard: down to a film, Enter opens it', async () => {
    const { emitted } = await show()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    const box = screen.getByRole('combobox')
    const active = document.getElementById(box.getAttribute('aria-activedescendant') ?? '')
    expect(active).toHaveTextContent('Heat')
    await userEvent.keyboard('{Enter}')
    expect(emitted('open')).toEqual([[{ ...movieSubject(films.heat), matched_person: null }]])
    expect(box).toHaveAttribute('aria-expanded', 'false')
  })

  test('up from the text goes to the last; Enter likes a tag', async () => {
    const { emitted } = await show()
    await userEvent.keyboard('{ArrowUp}{Enter}')
    expect(emitted('opine')).toEqual([[expect.objectContaining({ name: 'space opera' }), 'like']])
  })

  test('Enter on the text itself asks for all that is found', async () => {
    const { emitted } = await show()
    await userEvent.keyboard('{Enter}')
    expect(emitted('submit')).toEqual([['ali']])
  })

  test('Escape closes the list, then empties the text', async () => {
    const { emitted } = await show()
    await userEvent.keyboard('{ArrowDown}{Escape}')
    expect(screen.getByRole('combobox')).toHaveAttribute('aria-expanded', 'false')
    await userEvent.keyboard('{Escape}')
    expect(emitted('update:modelValue')).toEqual([['']])
  })

  test('says that nothing was found', async () => {
    await show({ status: 'ready', data: { movies: [], tags: [] } })
    expect(screen.getByRole('status')).toHaveTextContent('Nothing is called “ali”.')
  })

  test('says that the search failed, and tries again', async () => {
    const { emitted } = await show({ status: 'failed', error: new Error('gone') })
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(emitted('retry')).toHaveLength(1)
  })

  test('has no flaw that axe can find', async () => {
    const { container } = await show()
    await userEvent.keyboard('{ArrowDown}')
    expect(await flaws(container)).toEqual([])
  })
})
