import ExactArithmetic
import LSRL

/// The readers of a node x that a ReLU reads, sorted by what one common ReLU does for them. Shared
/// by the cases 7A, 7B, 9 and 10, which differ in which of these there are.
struct ReLUStage {
  /// ReLUs on x.
  private(set) var relus: [Node] = []

  /// Linears and Slices on x that only one ReLU reads, with it.
  private(set) var preparing: [(linear: Node, relu: Node)] = []

  /// The other Linears and Slices on x.
  private(set) var linears: [Node] = []

  private(set) var concats: [Node] = []

  /// Nil if no ReLU reads x, or a Multi or LinState does.
  init?(at node: NodeID, in graph: WorkingGraph) {
    for reader in graph.readers(of: node) {
      if reader.isReLU {
        relus.append(reader)
      } else if reader.isConcat {
        concats.append(reader)
      } else if !reader.isLinearOrSlice {
        return nil
      } else if let next = graph.onlyReader(of: reader.id), next.isReLU {
        preparing.append((reader, next))
      } else {
        linears.append(reader)
      }
    }
    if relus.isEmpty { return nil }
  }

  /// x → Linear [I; −I; A₁; …; Aₖ] → ReLU, whose slices are ReLU(x) and ReLU(Aᵢx); and x = ReLU(x)
  /// − ReLU(−x) for everything else that reads x. Without such readers, the −I is left out.
  func merged(at node: NodeID, in graph: WorkingGraph) -> GraphEdit {
    let dimension = graph.dimension(of: node)
    let identity = AffineMap.identity(dimension)
    let carries = !linears.isEmpty || !concats.isEmpty
    var stack = LinearStack()
    let positive = stack.push(identity)
    let negative = carries ? stack.push(AffineMap(-identity.matrix)) : 0..<0
    let places = preparing.compactMap { pair in
      graph.affineMap(of: pair.linear).map { stack.push($0) }
    }

    var edit = GraphEdit(of: graph)
    let rows = edit.insert(.linear(stack.map), reading: [node])
    let relu = edit.insert(.relu, reading: [rows])
    let slice = edit.insert(.slice(positive), reading: [relu])
    for old in relus { edit.redirect(old.id, to: slice) }
    for (pair, place) in zip(preparing, places) {
      edit.redirect(pair.relu.id, to: edit.insert(.slice(place), reading: [relu]))
    }
    if carries {
      let difference = AffineMap(
        .difference(of: positive, and: negative, from: stack.map.outputDimension))
      edit.redirect(node, to: edit.insert(.linear(difference), reading: [relu]))
    }
    return edit
  }
}

extension Matrix {
  /// y ↦ the coordinates `first` of y minus the coordinates `second`, which stand behind them.
  fileprivate static func difference(
    of first: Range<Int>, and second: Range<Int>, from dimension: Int
  ) -> Matrix {
    Matrix(
      columnCount: dimension,
      rows: zip(first, second).map {
        [Entry(column: $0, value: 1), Entry(column: $1, value: -1)]
      })
  }
}
