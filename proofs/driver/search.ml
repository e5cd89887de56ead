(* The search for what the verified checker is to be shown: one step over forms, from which come the
   table of atoms with their bounds, and ways of seeing that forms are bounded below.

   Not trusted: the checker looks at everything that is found here. What it finds decides what is
   accepted, though; README.md describes it, under "What the checker sees". *)
open Verified
include Signs

(* ---- atoms ---- *)

let add s d b =
  s.count <- s.count + 1;
  Hashtbl.replace s.atoms s.count (d, b);
  s.count

let insert s d =
  let c = s.certificate in
  let looking f = ignore (low s f); ways s f in
  let bounds = bounds_of (get s) (bnd s) (find s) looking s.inputs c.src_bounds c.tgt_bounds d in
  let number = add s d bounds in
  Definitions.replace s.numbers d number;
  match factors s (Integer.of_int number) with
  | Some (p, q) -> Hashtbl.replace s.factor p (); Hashtbl.replace s.factor q ()
  | None -> ()

let number s d =
  if not (Definitions.mem s.numbers d) then insert s d;
  find s d

let variable s d = match number s d with Some i -> [(i, one)] | None -> []

(* ---- ReLU and products ---- *)

(* A new ReLU is parallel to others, or a new direction. *)
let note s r g =
  let is_constant (i, _) = get s i = Some DOne in
  match List.filter (fun t -> not (is_constant t)) g with
  | [] -> ()
  | (_, c) :: _ as l ->
    let form = fscale (qinv c) l in
    let direction = match Forms.find_opt s.directions form with
      | Some d -> d
      | None ->
        let least = low s form in
        let most = Option.map negated (low s (minus form)) in
        let d = { sum = Integer.of_int (add s (DSum form) (least, most)); form; size = 0 } in
        Forms.replace s.directions form d;
        d in
    direction.size <- direction.size + 1;
    Hashtbl.replace s.direction r direction

let relu s f =
  let g = if f = [] then [] else fscale (qinv (snd (List.hd f))) f in
  if f = [] then []
  else if Definitions.mem s.numbers (DRelu g) then
    Option.get (srelu (get s) (bnd s) (find s) (ways s) f)
  else if known_at_least_0 (low s f) then f
  else if known_at_least_0 (low s (minus f)) then []
  else (insert s (DRelu g); note s (Option.get (find s (DRelu g))) g; Option.get (srelu (get s) (bnd s) (find s) (ways s) f))

(* Without positive multiples of variables that are not negative, of those that are meant, if what is left is
   not negative, either. *)
let without_variables s is_meant f =
  let is_taken (i, c) =
    is_meant (get s i) && sign c > 0 && known_at_least_0 (fst (bnd s i)) in
  let rest = List.filter (fun t -> not (is_taken t)) f in
  if rest <> [] && List.compare_lengths rest f <> 0 && known_at_least_0 (low s rest) then rest else f

let is_variable = function Some (DIn _ | DSt _ | DTg _) -> true | _ -> false
let is_of_target = function Some (DTg _) -> true | _ -> false

(* A product of two forms that are not negative. *)
let know_product s f g =
  match smul (get s) (find s) f g with
  | Some expanded when List.compare_length_with expanded 1 > 0 ->
    let last = fst (List.nth expanded (List.length expanded - 1)) in
    let known = Option.value (Hashtbl.find_opt s.products last) ~default:[] in
    if not (List.exists (fun p -> p.expanded = expanded) known) then begin
      let number = Integer.of_int (add s (DMul (f, g)) (Some zero, None)) in
      Hashtbl.replace s.products last (known @ [{ number; expanded; length = List.length expanded }]);
      List.iter (fun (i, _) -> Hashtbl.replace s.in_product i ()) expanded
    end
  | _ -> ()

(* Keeps a square, and the product of two forms that are not negative: its expansion does not show it. *)
let know s f g =
  if f = g then know_product s f g
  else if known_at_least_0 (low s f) && known_at_least_0 (low s g) then begin
    let all = without_variables s is_variable and targets = without_variables s is_of_target in
    know_product s (all f) (all g);
    know_product s (targets f) (targets g)
  end

(* ---- ranges ---- *)

let is_better a = function
  | None -> a <> None
  | Some q -> match a with Some p -> not (qle_bool p q) | None -> false

(* A lower bound of the form, of its terms or kept. *)
let quick_low s f =
  larger_of (termwise (bnd s) zero f) (Option.map (fun (b, _, _) -> b) (kept_low s f))

(* Keeps what the form is seen to be bounded by: [below], a lower bound of it, and [above], one of its
   negative, with the shares to take out of these. *)
let keep s f below above =
  match line s f with
  | None -> ()
  | Some (direction, c, _) ->
    let bound (b, shares) f d =
      if is_better b (quick_low s f) then begin
        let unit = qinv (qabs c) in
        let moves = List.map (fun (entry, q) -> Share (entry, times q unit)) shares in
        remember s d moves;
        regrouped (get s) (bnd s) (find s) one moves zero d
      end else None in
    let below, above = bound below f, bound above (minus f) in
    let opposite = minus direction in
    let least, most =
      if sign c > 0 then below direction, above opposite else above direction, below opposite in
    let most = Option.map negated most in
    if least <> None || most <> None then begin
      let known = Forms.find_opt s.ranges direction in
      let either a b = if a <> None then a else b in
      let least = either least (Option.bind known (fun r -> r.least)) in
      let most = either most (Option.bind known (fun r -> r.most)) in
      let entry = Integer.of_int (add s (DSum direction) (least, most)) in
      Forms.replace s.ranges direction { entry; least; most }
    end

(* Of a product that was just expanded. *)
let keep_product s f g expanded =
  if line s expanded <> None then begin
    let c = s.certificate in
    let looking f = ignore (low s f); ways s f in
    let d = DMul (f, g) in
    let (least, most) as bounds =
      bounds_of (get s) (bnd s) (find s) looking s.inputs c.src_bounds c.tgt_bounds d in
    let negative = Option.map negated most in
    if is_better least (quick_low s expanded) || is_better negative (quick_low s (minus expanded))
    then begin
      let number = Integer.of_int (add s d bounds) in
      keep s expanded (least, [(number, one)]) (negative, [(number, negated one)])
    end
  end

(* Of a sum of multiples of values, if more is kept of some than their terms show: these each by what is
   kept, the others together, term by term. *)
let keep_sum s sum terms constant =
  if Forms.length s.ranges > 0 && line s sum <> None then begin
    let least_of sign_ =
      let rest = ref (fconst (times sign_ constant)) and total = ref zero and shares = ref [] in
      List.iter (fun (q, value) ->
        let part = fscale (times sign_ q) value in
        match kept_low s part with
        | Some (b, entry, c) when is_better (Some b) (termwise (bnd s) zero part) ->
          total := qred (qplus !total b);
          shares := (entry, c) :: !shares
        | _ -> rest := fadd !rest part) terms;
      if !shares = [] then (None, [])
      else (Option.map (fun b -> qred (qplus b !total)) (termwise (bnd s) zero !rest), List.rev !shares) in
    keep s sum (least_of one) (least_of (negated one))
  end

let product s f g =
  let is_constant f = isconst (get s) f <> None in
  let expanded = Option.get (smul (get s) (number s) f g) in
  if not (is_constant f || is_constant g) && List.compare_length_with expanded 1 > 0 then begin
    know s f g;
    keep_product s f g expanded
  end;
  expanded

(* ---- a step ---- *)

let node s op (x : form array) (prev : form array array) (env : form array array) place =
  let dot row v = List.fold_right (fun (i, q) sum -> fadd (fscale q v.(i)) sum) row [] in
  let each f rows = Array.of_list (List.map f rows) in
  let terms row v =
    let row = List.sort (fun (i, _) (j, _) -> compare i j) row in
    let rec added = function
      | (i, p) :: (j, q) :: r when i = j -> added ((i, qred (qplus p q)) :: r)
      | (i, q) :: r -> if sign q = 0 then added r else (q, v.(i)) :: added r
      | [] -> [] in
    added row in
  let kept sum terms constant =
    if Forms.length s.ranges > 0 then keep_sum s sum (terms ()) constant;
    sum in
  match op with
  | OInput -> x
  | OLin (rows, i) ->
    each (fun (a, b) ->
      kept (fadd (dot a env.(i)) (fconst b)) (fun () -> terms a env.(i)) b) rows
  | ORelu i -> Array.map (relu s) env.(i)
  | OState (rows, i) ->
    each (fun ((a, b), c) ->
      kept (fadd (fadd (dot a prev.(place)) (dot b env.(i))) (fconst c))
        (fun () -> terms a prev.(place) @ terms b env.(i)) c) rows
  | OPrev k -> prev.(k)
  | OConcat l -> Array.concat (List.map (fun i -> env.(i)) l)
  | OMulti i ->
    let half = Array.length env.(i) / 2 in
    Array.init half (fun j -> product s env.(i).(j) env.(i).(half + j))

let run s p x prev =
  let env = Array.make (List.length p.nodes) [||] in
  List.iteri (fun place op -> env.(place) <- node s op x prev env place) p.nodes;
  env

(* What source and target compute from previous values, and what the coupling program says at the start
   and after the step. *)
type step = {
  source : form list list;
  target : form list list;
  said_at_start : form list;
  said_after : form list;
}

(* The order in which atoms are made is part of what the search is. *)
let step s (t : Certificate.t) =
  let c = t.certificate in
  let in_order f l = Array.of_list (List.rev (List.fold_left (fun done_ a -> f a :: done_) [] l)) in
  let x = in_order (fun j -> variable s (DIn j)) (List.init t.dimension Fun.id) in
  let previous make inits links said =
    in_order (fun (k, v) ->
      let row = Option.value (List.nth_opt links k) ~default:[] in
      let row = Array.of_list row in
      in_order (fun j ->
        match if j < Array.length row then row.(j) else None with
        | Some i -> said.(i)
        | None -> variable s (make k j)) (List.init (List.length v) Fun.id))
      (List.mapi (fun k v -> (k, v)) inits) in
  let source_atoms = previous (fun k j -> DSt (k, j)) t.source.inits [] [||] in
  let read = in_order (fun (k, j) -> variable s (DSt (k, j))) c.inp in
  let read = Array.append read (in_order (fun (k, j) -> variable s (DTg (k, j))) c.tgt_inp) in
  let couple read = (run s c.cpl read [||]).(c.cpl.out) in
  let source, said =
    if c.src_links = [] then
      let source = run s t.source x source_atoms in
      (source, couple read)
    else
      let said = couple read in
      let before = previous (fun k j -> DSt (k, j)) t.source.inits c.src_links said in
      (run s t.source x before, said) in
  let target = run s t.target x (previous (fun k j -> DTg (k, j)) t.target.inits c.links said) in
  let reads source target =
    Array.append (in_order (fun (k, j) -> source.(k).(j)) c.inp)
      (in_order (fun (k, j) -> target.(k).(j)) c.tgt_inp) in
  let after = couple (reads source target) in
  let constants p = in_order (in_order fconst) p.inits in
  let start = couple (reads (constants t.source) (constants t.target)) in
  let lists v = Array.to_list (Array.map Array.to_list v) in
  { source = lists source; target = lists target;
    said_at_start = Array.to_list start; said_after = Array.to_list after }

(* Looks at each claimed bound. *)
let look_at_bounds s bounds values =
  List.iteri (fun k row -> match List.nth_opt values k with
    | None -> ()
    | Some v -> List.iteri (fun j (low_, high) -> match List.nth_opt v j with
      | None -> ()
      | Some f ->
        if low_ <> None then ignore (low s f);
        if high <> None then ignore (low s (minus f))) row) bounds

(* The certificate is well formed. *)
let of_certificate (t : Certificate.t) =
  let s = { inputs = t.inputs; certificate = t.certificate; numbers = Definitions.create 1000;
            atoms = Hashtbl.create 1000; count = 0; factor = Hashtbl.create 100;
            products = Hashtbl.create 100; ranges = Forms.create 100;
            directions = Forms.create 100; direction = Hashtbl.create 100; in_product = Hashtbl.create 100; ways = Forms.create 1000 } in
  insert s DOne;
  let found = step s t in
  look_at_bounds s t.certificate.src_bounds found.source;
  look_at_bounds s t.certificate.tgt_bounds found.target;
  (s, found)

let table s = List.init (s.count - 1) (fun i -> Hashtbl.find s.atoms (i + 2))
let all_ways s = Forms.fold (fun f w l -> (f, w) :: l) s.ways []
