extension ExampleProgram {
  /// Every program in `fixtures/programs`.
  public static let catalogue: [ExampleProgram] =
    [moreOnesThanZeros, continuous, continuousAsPrinted, dictionary, dictionaryAsPrinted]
    + [parityOfTime, parityOfBits, runningMaximum]
    + [delay, movingAverage, fibonacci, countdown]
    + [signedProducts, deepReLU, reluLadder, wideConcat]
    + sugar
}
