/// The families of recurrent networks that programs are compiled to.
///
/// Each is idealised: wherever the published network has a smooth gate or activation, ours has
/// ReLU, under which constructions are exact over the rationals.
public enum Architecture: String, CaseIterable, Hashable, Sendable {
  case linearRNN = "linear-rnn"
  case gatedLinearRNN = "gated-linear-rnn"
  case rnn = "rnn"
  case gatedRNN = "gated-rnn"
  case lstm = "lstm"
  case gru = "gru"
  case gruResetAfter = "gru-reset-after"
  case mamba = "mamba"
  case hawk = "hawk"
  case hawkDense = "hawk-dense"
  case griffin = "griffin"

  public var title: String {
    switch self {
    case .linearRNN: "Linear RNN"
    case .gatedLinearRNN: "Gated Linear RNN"
    case .rnn: "ReLU RNN"
    case .gatedRNN: "Gated RNN"
    case .lstm: "LSTM"
    case .gru: "GRU"
    case .gruResetAfter: "GRU with its reset after the product"
    case .mamba: "Mamba"
    case .hawk: "Hawk"
    case .hawkDense: "Hawk with a dense convolution"
    case .griffin: "Griffin"
    }
  }

  /// Where its equations come from.
  public var source: String {
    switch self {
    case .linearRNN: "Petrov et al., NeurIPS 2024, arXiv 2406.01424, Eq. 3"
    case .gatedLinearRNN: "Petrov et al., NeurIPS 2024, arXiv 2406.01424, Eq. 4"
    case .rnn: "Petrov et al., NeurIPS 2024, arXiv 2406.01424, Eq. 2"
    case .gatedRNN: "Petrov et al., NeurIPS 2024, arXiv 2406.01424, Eq. 5"
    case .lstm: "Hochreiter and Schmidhuber, 1997; Gers et al., 2000"
    case .gru: "Chung et al., 2014, arXiv 1412.3555, section 3.2"
    case .gruResetAfter: "Cho et al., 2014, arXiv 1406.1078v1; the GRU of PyTorch"
    case .mamba: "Gu and Dao, 2023, arXiv 2312.00752, sections 3.2 and 3.4"
    case .hawk: "De et al., 2024, arXiv 2402.19427, sections 2.3 and 2.4"
    case .hawkDense: "Petrov et al., NeurIPS 2024, arXiv 2406.01424, appendix E"
    case .griffin: "De et al., 2024, arXiv 2402.19427, sections 2.3 to 2.5"
    }
  }

  /// What programs it can express, in one line.
  public var expresses: String {
    switch self {
    case .linearRNN: "every program without multiplications"
    case .gatedLinearRNN: "every program"
    case .rnn: "every program without multiplications, in cells that end in ReLU"
    case .gatedRNN: "every program, with states as differences of ReLUs"
    case .lstm: "every program: one cell for each ReLU, state and multiplication"
    case .gru: "every program: one cell for each ReLU and state, up to two for a multiplication"
    case .gruResetAfter:
      "every program: as gru; multiplications without a known bound run by a clock of two beats"
    case .mamba:
      "programs whose state matrices have only rational eigenvalues in [0, 1]; "
        + "others up to a given sequence length"
    case .hawk:
      "programs whose state matrices have only rational eigenvalues a in [0, 1) with a rational "
        + "square root of 1 - a^2 (0, 3/5, 4/5, 5/13, ...); others, sums over all tokens too, up "
        + "to a given sequence length"
    case .hawkDense:
      "every program, up to the sequence length of its kernel; without a bound if all state "
        + "matrices are nilpotent"
    case .griffin: "what Hawk expresses: its attention layers, unused, pass everything on"
    }
  }
}
