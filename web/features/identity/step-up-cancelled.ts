/** The person closed the dialog of the proof: what they wanted to do was not done. */
export class StepUpCancelled extends Error {
  override readonly name = 'StepUpCancelled'
}
