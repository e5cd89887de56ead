/// Counts what is done, so that it ends at the same place on every machine: about the terms that
/// are read or written.
final class WorkMeter {
  /// What may still be done; negative, if more was done than that before anyone looked.
  private(set) var left: Int

  init(_ work: Int) { left = work }

  func count(_ work: Int) { left -= work }

  func spend(_ work: Int) throws(TooLarge) {
    left -= work
    guard left > 0 else { throw TooLarge() }
  }
}
