import LSRL

/// A node and the slices of it, slices of slices included, each with the coordinates that it is.
struct Pieces {
  /// In the order in which they were found: the node itself, then its slices.
  private(set) var nodes: [NodeID]
  private var ranges: [Range<Int>]

  /// Places of `nodes`; built when there are many.
  private var places: [NodeID: Int] = [:]

  /// So many are looked through one by one.
  private static let few = 16

  init(of node: NodeID, dimension: Int) {
    nodes = [node]
    ranges = [0..<dimension]
  }

  subscript(node: NodeID) -> Range<Int>? {
    let place = nodes.count <= Pieces.few ? nodes.firstIndex(of: node) : places[node]
    return place.map { ranges[$0] }
  }

  /// Precondition: `node` is none of them yet.
  mutating func append(_ node: NodeID, _ range: Range<Int>) {
    nodes.append(node)
    ranges.append(range)
    if nodes.count == Pieces.few + 1 {
      for (place, node) in nodes.enumerated() { places[node] = place }
    } else if nodes.count > Pieces.few {
      places[node] = nodes.count - 1
    }
  }
}

extension WorkingGraph {
  /// The slices of `node` and `node` itself. Nil if what reads `node` is not slices and perhaps
  /// Concats.
  func pieces(of node: NodeID) -> Pieces? {
    let slot = slot(of: node)
    guard sliceReaderCount(of: node) > 0,
      readerKinds(at: slot).isSubset(of: [.slice, .concat])
    else { return nil }

    var pieces = Pieces(of: node, dimension: dimension(of: node))
    var pending = [(slot, 0)]
    while let (slot, start) = pending.popLast() {
      guard entries[slot].sliceReaders > 0 else { continue }
      for reader in entries[slot].readers where kind(at: reader) == .slice {
        guard let range = entries[reader].node.slice else { continue }
        let piece = start + range.lowerBound..<start + range.upperBound
        pieces.append(entries[reader].node.id, piece)
        pending.append((reader, piece.lowerBound))
      }
    }
    return pieces
  }

  /// The nodes that read nothing but `pieces`, each once, in topological order. Of many Concats on
  /// one piece that wait for something else, only the first few are passed over in search of more:
  /// the first node behind the pieces is found in any case.
  func readers(ofNothingBut pieces: Pieces) -> [Node] {
    var found: [Int] = []
    for piece in pieces.nodes {
      var waiting = 0
      for slot in entries[slot(of: piece)].readers where waiting < 32 {
        let isReady = entries[slot].inputs.allSatisfy {
          pieces[entries[targets[$0]].node.id] != nil
        }
        if isReady { found.append(slot) } else { waiting += 1 }
      }
    }
    if found.count > 1 { found.sort(by: order.isBefore) }
    return found.indices.compactMap { index in
      index > 0 && found[index - 1] == found[index] ? nil : node(at: found[index])
    }
  }
}
