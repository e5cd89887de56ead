extension LibraryFunction {
  /// The whole standard library. What is not here does not exist: not in the text format, not in
  /// the documentation.
  ///
  /// Each function is also a method of `ProgramBuilder` under its name, with typed parameters.
  public static let catalogue: [LibraryFunction] = [
    constant, not, step, larger, smaller, bump, and, or, equal, unequal, ifElse, ifEqual,
    reluIdentity, moduloCounter, oneHotCounter,
  ]
}
