// For analyses that follow all runs of a stack at once.

extension StackRun {
  /// What every layer keeps, first layer first. A replacement must have the same shapes.
  public var memory: [LayerMemory<Functions.Number>] {
    get { memories }
    set { memories = newValue }
  }
}
