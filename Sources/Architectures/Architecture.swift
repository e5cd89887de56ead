/// The families of recurrent networks that programs are compiled to.
///
/// Each is idealised: wherever the published network has a smooth gate or activation, ours has
/// ReLU, under which constructions are exact over the rationals.
public enum Architecture: String, CaseIterable, Hashable, Sendable {
  case linearRNN = "linear-rnn"
  case gatedLinearRNN = "gated-linear-rnn"
  case mamba = "mamba"

  public var title: String {
    switch self {
    case .linearRNN: "Linear RNN"
    case .gatedLinearRNN: "Gated Linear RNN"
    case .mamba: "Mamba"
    }
  }

  /// Where its equations come from.
  public var source: String {
    switch self {
    case .linearRNN: "Petrov et al., NeurIPS 2024, arXiv 2406.01424, Eq. 3"
    case .gatedLinearRNN: "Petrov et al., NeurIPS 2024, arXiv 2406.01424, Eq. 4"
    case .mamba: "Gu and Dao, 2023, arXiv 2312.00752, sections 3.2 and 3.4"
    }
  }

  /// What programs it can express, in one line.
  public var expresses: String {
    switch self {
    case .linearRNN: "every program without multiplications"
    case .gatedLinearRNN: "every program"
    case .mamba:
      "programs whose state matrices have only rational eigenvalues in [0, 1]; "
        + "others up to a given sequence length"
    }
  }
}
