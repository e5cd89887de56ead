extension Erratum {
  /// In the order of their numbers.
  public static let catalogue: [Erratum] =
    [eq11] + gru + [lstm] + hawk + [griffin]
    + listing1 + [multiplicity, steepness]
    + [step, conditional7, conditional9, conditional10, moduloCounter]
    + listing2 + [reluCommutes, anyProgram]
}
