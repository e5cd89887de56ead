// For analyses that follow all runs of a stack at once.

extension StackRun {
  /// What every layer keeps, first layer first. May be replaced by vectors of the same shapes.
  public var memory: [LayerMemory<Functions.Number>] {
    get { memories }
    set {
      precondition(
        newValue.map { $0.vectors.map(\.count) } == memories.map { $0.vectors.map(\.count) },
        "a memory of other shapes")
      memories = newValue
    }
  }
}
