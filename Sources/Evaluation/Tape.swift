import ExactArithmetic
import LSRL

/// A program as a flat list of arithmetic instructions over vector slots: what engines run.
///
/// Slices and Concats leave no instruction behind. Where a value is read, a `Source` says which
/// coordinates of which slots it consists of. Slots are used again once nobody reads them; states
/// keep theirs from token to token.
///
/// Weights are the program's own rationals; each engine prepares its own form of them.
///
/// **The order of operations**, the same for every engine whose numbers round, and for every bound
/// on rounding errors:
/// 1. Weights, offsets and initial states are rounded once each, to nearest, ties to even.
/// 2. A sum starts at its offset, zero offsets included.
/// 3. Products of stored weights are added by ascending column; in a state update the columns of A,
///    on the old state, come before those of B.
/// 4. Each product is rounded, then each sum: multiply, then add, never fused.
/// 5. max(0, x) turns −0 into 0 and leaves a NaN alone.
///
/// `Interpreter` and the layers' equations define it, up to signs of zeros inside of a network,
/// which no output shows. A NaN is a NaN: its sign and payload are not part of the meaning.
public struct Tape: Hashable, Sendable {
  public enum Instruction: Hashable, Sendable {
    /// slot ← A x + b.
    case affine(AffineMap, reading: Source, slot: Int)

    /// slot ← max(0, x), elementwise.
    case relu(Source, slot: Int)

    /// slot ← p ⊙ q.
    case multiply(Source, Source, slot: Int)

    /// slot ← A slot + B x + b, where the slot is that of a state.
    case update(LinState, reading: Source, slot: Int)

    /// slot ← x, where the slot is that of a state.
    case keep(Source, slot: Int)

    /// slot ← these numbers. Nothing else writes to the slot, so once before a run is enough.
    case constant([Constant], slot: Int)
  }

  /// Coordinates of slots, on top of each other.
  public struct Source: Hashable, Sendable {
    public struct Piece: Hashable, Sendable {
      public let slot: Int
      public let range: Range<Int>
    }

    /// None is empty, and none continues the one before it.
    public let pieces: [Piece]

    public var count: Int { pieces.reduce(0) { $0 + $1.range.count } }
  }

  public struct State: Hashable, Sendable {
    public let slot: Int
    public let initial: [Rational]
  }

  public let inputDimension: Int

  /// Where each token is put.
  public let inputSlot: Int

  public let instructions: [Instruction]
  public let states: [State]
  public let output: Source

  /// How many numbers each slot has room for. An instruction writes the first ones.
  public let slotSizes: [Int]

  /// Whether the tape multiplies zeros where the network that it stands for multiplies nothing: the
  /// tokens before the first in a convolution of Hawk. No difference, unless a weight is infinite.
  public let needsFiniteWeights: Bool
}

extension Tape.Instruction {
  /// What is read, apart from the old state of an update.
  public var sources: [Tape.Source] {
    switch self {
    case .affine(_, let source, _), .relu(let source, _), .update(_, let source, _),
      .keep(let source, _):
      [source]
    case .multiply(let left, let right, _): [left, right]
    case .constant: []
    }
  }

  public var slot: Int {
    switch self {
    case .affine(_, _, let slot), .relu(_, let slot), .multiply(_, _, let slot),
      .update(_, _, let slot), .keep(_, let slot), .constant(_, let slot):
      slot
    }
  }

  /// How many numbers are written.
  public var count: Int {
    switch self {
    case .affine(let map, _, _): map.outputDimension
    case .relu(let source, _), .multiply(let source, _, _), .keep(let source, _): source.count
    case .update(let state, _, _): state.dimension
    case .constant(let numbers, _): numbers.count
    }
  }

  /// The same instruction with each slot replaced.
  func renamed(_ name: (Int) -> Int) -> Tape.Instruction {
    switch self {
    case .affine(let map, let source, let slot):
      .affine(map, reading: source.renamed(name), slot: name(slot))
    case .relu(let source, let slot): .relu(source.renamed(name), slot: name(slot))
    case .multiply(let left, let right, let slot):
      .multiply(left.renamed(name), right.renamed(name), slot: name(slot))
    case .update(let state, let source, let slot):
      .update(state, reading: source.renamed(name), slot: name(slot))
    case .keep(let source, let slot): .keep(source.renamed(name), slot: name(slot))
    case .constant(let numbers, let slot): .constant(numbers, slot: name(slot))
    }
  }
}

extension Tape.Source {
  /// The first `count` coordinates of a slot.
  init(slot: Int, count: Int) {
    pieces = count == 0 ? [] : [Piece(slot: slot, range: 0..<count)]
  }

  /// All of `sources` on top of each other.
  init(stacking sources: [Tape.Source]) {
    var pieces: [Piece] = []
    for piece in sources.lazy.flatMap(\.pieces) {
      if let last = pieces.last, last.slot == piece.slot,
        last.range.upperBound == piece.range.lowerBound
      {
        pieces[pieces.count - 1] = Piece(
          slot: last.slot, range: last.range.lowerBound..<piece.range.upperBound)
      } else {
        pieces.append(piece)
      }
    }
    self.pieces = pieces
  }

  /// The coordinates `range` of this source.
  subscript(range: Range<Int>) -> Tape.Source {
    var kept: [Piece] = []
    var start = 0
    for piece in pieces {
      let lower = max(range.lowerBound - start, 0)
      let upper = min(range.upperBound - start, piece.range.count)
      if lower < upper {
        let first = piece.range.lowerBound
        kept.append(Piece(slot: piece.slot, range: first + lower..<first + upper))
      }
      start += piece.range.count
    }
    return Tape.Source(pieces: kept)
  }

  func renamed(_ name: (Int) -> Int) -> Tape.Source {
    Tape.Source(pieces: pieces.map { Piece(slot: name($0.slot), range: $0.range) })
  }
}
