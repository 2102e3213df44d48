import userEvent from '@testing-library/user-event'
import { render, screen } from '@testing-library/vue'
import { expect, test } from 'vitest'

import DecadePicker from './DecadePicker.vue'

test('several decades can be chosen, and each taken back', async () => {
  const { emitted, rerender } = render(DecadePicker, { props: { modelValue: [1990] } })
  await userEvent.click(screen.getByRole('button', { name: '1970s' }))
  await rerender({ modelValue: [1970, 1990] })
  expect(screen.getByRole('button', { name: '1970s' })).toHaveAttribute('aria-pressed', 'true')
  await userEvent.click(screen.getByRole('button', { name: '1990s' }))
  expect(emitted('update:modelValue')).toEqual([[[1970, 1990]], [[1970]]])
})
