extension Erratum {
  /// In the order of the paper.
  public static let catalogue: [Erratum] =
    listing1 + [multiplicity, steepness]
    + [step, conditional7, conditional9, conditional10, moduloCounter]
    + listing2 + [reluCommutes]
}
