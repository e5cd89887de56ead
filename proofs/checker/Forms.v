(** * Affine forms over atoms: how the checker runs a program for one step

    A value is an affine form: a finite sum of rational multiples of atoms. An atom is 1, an input, a
    previous value of the source or of the target, ReLU of a form, or a product of two forms; equal
    atoms are one atom, by their number in a table, which also bounds each. [fnd] is the (untrusted)
    search in the table: what it finds is looked at with [get] before it is believed.

    Normalisation: ReLU(c f) is c ReLU(f) for c > 0; ReLU(-c f) is written with ReLU(f) and f; a form
    that is seen to be non-negative is its own ReLU, and the ReLU of its negative is 0; products of at
    most 1024 terms are expanded.

    A lower bound of a form is seen term by term from the bounds of its atoms, perhaps after taking
    out parts that are themselves bounded below. Which parts, an (untrusted) search [wit] says. Some of
    them are in the table, too, of which no forms are made: products that are not negative, and sums of
    which several ReLUs are functions.

    Definitions only; FormsSound.v proves that they mean what they should. *)
From Coq Require Import List QArith Qabs PArith Bool Arith.
Import ListNotations.
From LSRL Require Import Language Pieces.
Arguments Qred : simpl never. Arguments Qplus : simpl never. Arguments Qmult : simpl never.
Arguments Qeq_bool : simpl never. Arguments Qle_bool : simpl never. Arguments Qopp : simpl never.

Definition form := list (positive * Q).
Inductive def :=
| DOne                       (* 1 *)
| DIn (j : nat)              (* coordinate j of the input *)
| DSt (k j : nat)            (* coordinate j of the source's node k at the previous step *)
| DTg (k j : nat)            (* the same of the target *)
| DRelu (f : form)
| DMul (f g : form)
| DSum (f : form).           (* the form itself: not in other forms, but bounded in the table *)

(** ** Sums and multiples: terms by ascending atom, no zero coefficient *)

Fixpoint fadd (f : form) : form -> form :=
  fix aux (g : form) : form :=
    match f, g with
    | [], _ => g
    | _, [] => f
    | (i,a)::f', (j,b)::g' =>
       match Pos.compare i j with
       | Lt => (i,a) :: fadd f' g
       | Gt => (j,b) :: aux g'
       | Eq => let c := Qred (a+b) in
               if Qeq_bool c 0 then fadd f' g' else (i,c) :: fadd f' g'
       end
    end.
Definition fscale (c : Q) (f : form) : form :=
  if Qeq_bool c 0 then [] else
  if Qeq_bool c 1 then f else
  if Qeq_bool c (-1) then map (fun iq => (fst iq, Qopp (snd iq))) f
  else map (fun iq => (fst iq, Qred (c * snd iq))) f.
Definition fconst (b : Q) : form := if Qeq_bool b 0 then [] else [(1%positive, b)].
Definition feqb (f g : form) : bool :=
  forallb (fun iq => Qeq_bool (snd iq) 0) (fadd f (fscale (-1) g)).

(** ** ReLU and products, over a table of atoms *)

(** How to see that a form is bounded below: parts to take out of it, one after the other. *)
Inductive move :=
| Flip (r : positive)        (* c ReLU(-g), from c ReLU(g), r being ReLU(g) *)
| Group (a : positive)       (* the multiples of a *)
| Share (i : positive) (q : Q) (* q |c| times the product or the sum i, c being the first coefficient of the
                                form that the moves started from *)
| Parallel (s : positive) (with_sum : bool). (* all ReLUs of multiples of the sum s plus constants; and
                                a multiple of the sum, or not *)

Section Checker.
Variable get : positive -> option def.   (* the atom table *)
Variable bnd : positive -> bounds.       (* bounds of its atoms *)
Variable fnd : def -> option positive.   (* untrusted search for atoms *)
Variable wit : form -> list (list move). (* untrusted search for moves: some ways, the best of which counts *)
Variable ins : list bounds.              (* assumed bounds of the inputs *)
Variables sbs tbs : list (list bounds).  (* claimed bounds of remembered values of source and target *)

Definition atom (d : def) : option form :=
  match fnd d with
  | None => None
  | Some id =>
    match d, get id with
    | DIn j, Some (DIn j') => if Nat.eqb j j' then Some [(id, 1%Q)] else None
    | DSt k j, Some (DSt k' j') => if Nat.eqb k k' && Nat.eqb j j' then Some [(id, 1%Q)] else None
    | DTg k j, Some (DTg k' j') => if Nat.eqb k k' && Nat.eqb j j' then Some [(id, 1%Q)] else None
    | _, _ => None
    end
  end.

(** *** Products *)
Definition lead (f : form) : Q := match f with (_,q)::_ => q | [] => 0%Q end.

Definition isconst (f : form) : option Q :=
  match f with
  | [] => Some 0%Q
  | [(id, q)] => match get id with Some DOne => Some q | _ => None end
  | _ => None
  end.
Definition smul1 (f g : form) : option form :=
  let c := lead f in let d := lead g in
  match fnd (DMul (fscale (Qinv c) f) (fscale (Qinv d) g)) with
  | Some id => match get id with
               | Some (DMul f' g') =>
                 if feqb (fscale c f') f && feqb (fscale d g') g
                 then Some [(id, Qred (c*d))] else None
               | _ => None end
  | None => None
  end.
Definition lid (f : form) : positive := match f with (i,_)::_ => i | [] => 1 end.
Definition smul0 (f g : form) : option form :=
  match isconst f, isconst g with
  | Some c, _ => Some (fscale c g)
  | _, Some c => Some (fscale c f)
  | None, None => if Pos.leb (lid f) (lid g) then smul1 f g else smul1 g f
  end.
(** small products are expanded into products of atoms, large ones stay opaque *)
Fixpoint mulrow (p : positive * Q) (g : form) : option form :=
  match g with
  | [] => Some []
  | q :: r => match smul0 [p] [q], mulrow p r with
              | Some h, Some t => Some (fadd h t) | _, _ => None end
  end.
Fixpoint mulall (f g : form) : option form :=
  match f with
  | [] => Some []
  | p :: r => match mulrow p g, mulall r g with
              | Some h, Some t => Some (fadd h t) | _, _ => None end
  end.

(** Of a form, the multiples of ReLUs and of the target's previous values; and the others. *)
Fixpoint parts (f : form) : form * form :=
  match f with
  | [] => ([], [])
  | (i, c) :: r =>
    let (l, rest) := parts r in
    match get i with
    | Some (DRelu _) | Some (DTg _ _) => ((i, c) :: l, rest)
    | _ => (l, (i, c) :: rest)
    end
  end.
(** Of a large product, what is not made of ReLUs and the target's previous values stays opaque. *)
Definition smul (f g : form) : option form :=
  if Nat.leb (length f * length g) 1024 then mulall f g
  else
    let (l, f') := parts f in
    let (m, g') := parts g in
    if Nat.leb (length l * length g + length f' * length m) 1024 then
      match mulall l g, mulall f' m, smul0 f' g' with
      | Some a, Some b, Some h => Some (fadd a (fadd b h))
      | _, _, _ => None
      end
    else smul0 f g.

(** *** Bounds of a form *)

(** [acc] and each term at its least. *)
Fixpoint termwise (acc : Q) (f : form) : option Q :=
  match f with
  | [] => Some acc
  | (i, c) :: r =>
    match (if Qle_bool c 0 then snd (bnd i) else fst (bnd i)) with
    | Some b => termwise (Qred (acc + c * b)) r
    | None => None
    end
  end.

(** As [Pos.eqb]; extraction knows how to compare, but not that. *)
Definition same (i j : positive) : bool := match Pos.compare i j with Eq => true | _ => false end.

Fixpoint coefficient (i : positive) (f : form) : Q :=
  match f with [] => 0%Q | (j, c) :: r => if same i j then c else coefficient i r end.
(** A lower bound of what is taken out, and what is left. *)
Definition flip (r : positive) (f : form) : option (Q * form) :=
  match get r with
  | Some (DRelu g) =>
    let c := coefficient r f in
    let rest := fadd (fadd f [(r, Qopp c)]) (fscale c g) in
    if Qle_bool c 0 then
      match termwise 0 g with
      | Some b => Some (Qred (c * larger 0 (- b)), rest)
      | None => None end
    else Some (0%Q, rest)
  | _ => None
  end.

Definition single (f : form) : option positive :=
  match f with [(i, c)] => if Qeq_bool c 1 then Some i else None | _ => None end.
(** The two atoms whose product an atom is, if it is one. *)
Definition factors (i : positive) : option (positive * positive) :=
  match get i with
  | Some (DMul g h) => match single g, single h with Some p, Some q => Some (p, q) | _, _ => None end
  | _ => None
  end.
(** b, if atom i is a times b. *)
Definition cofactor (a i : positive) : option positive :=
  if same a i then Some 1%positive
  else match factors i with
       | Some (p, q) => if same p a then Some q else if same q a then Some p else None
       | None => None
       end.
(** (c, r) with f = a c + r. *)
Fixpoint split (a : positive) (f : form) : form * form :=
  match f with
  | [] => ([], [])
  | (i, c) :: t =>
    let (cof, rest) := split a t in
    match cofactor a i with
    | Some b => (fadd [(b, c)] cof, rest)
    | None => (cof, (i, c) :: rest)
    end
  end.

Definition at_least_0 (l : option Q) : bool :=
  match l with Some q => Qle_bool 0 q | None => false end.
(** What entry i of the table is, if it is a product or a sum. *)
Definition expanded (i : positive) : option form :=
  match get i with
  | Some (DMul g h) => smul g h
  | Some (DSum g) => Some g
  | _ => None
  end.

(** The terms of [g] that are ReLUs of some a f + b; and the others. *)
Fixpoint parallel (f g : form) : list piece * form :=
  match g with
  | [] => ([], [])
  | (i, w) :: r =>
    let (l, rest) := parallel f r in
    match get i with
    | Some (DRelu h) =>
      let a := Qred (coefficient (lid f) h * Qinv (lead f)) in
      let b := coefficient 1 h in
      if feqb h (fadd (fscale a f) (fconst b)) then ((w, (a, b)) :: l, rest) else (l, (i, w) :: rest)
    | _ => (l, (i, w) :: rest)
    end
  end.

(** [acc] and the form, after the moves; shares are multiples of [k]. *)
Fixpoint regrouped (k : Q) (ms : list move) (acc : Q) (f : form) : option Q :=
  match ms with
  | [] => termwise acc f
  | Flip r :: ms' =>
    match flip r f with Some (t, f') => regrouped k ms' (Qred (acc + t)) f' | None => None end
  | Share i q :: ms' =>
    let s := Qred (q * k) in
    match expanded i, (if Qle_bool s 0 then snd (bnd i) else fst (bnd i)) with
    | Some p, Some b => regrouped k ms' (Qred (acc + s * b)) (fadd f (fscale (Qopp s) p))
    | _, _ => None end
  | Parallel i with_sum :: ms' =>
    match get i with
    | Some (DSum g) =>
      let (l, others) := parallel g f in
      let s := if with_sum then Qred (coefficient (lid g) others * Qinv (lead g)) else 0%Q in
      match least s l (fst (bnd i)) (snd (bnd i)) with
      | Some m => regrouped k ms' (Qred (acc + m)) (fadd others (fscale (Qopp s) g))
      | None => None end
    | _ => None end
  | Group a :: ms' =>
    let (cof, rest) := split a f in
    match fst (bnd a), termwise 0 cof with
    | Some l, Some t =>
      if Qle_bool 0 l && Qle_bool 0 t then regrouped k ms' (Qred (acc + l * t)) rest else None
    | _, _ => None
    end
  end.

Definition best (a b : option Q) : option Q :=
  match a, b with
  | Some p, Some q => Some (larger p q)
  | None, _ => b
  | _, None => a
  end.
Definition low (f : form) : option Q :=
  fold_left (fun b ms => best b (regrouped (Qabs (lead f)) ms 0 f)) (wit f) (termwise 0 f).
Definition up (f : form) : option Q := option_map Qopp (low (fscale (-1) f)).
Definition nonneg (f : form) : bool := at_least_0 (low f).

(** *** Bounds of an atom, from those of earlier ones *)
Definition atleast0 (l : option Q) : option Q :=
  Some (match l with Some q => larger 0 q | None => 0%Q end).
Definition product_bounds (gl gu hl hu : option Q) : bounds :=
  match gl, gu, hl, hu with
  | Some a, Some b, Some c, Some d =>
    let p := (a * c)%Q in let q := (a * d)%Q in let r := (b * c)%Q in let s := (b * d)%Q in
    (Some (Qred (smaller (smaller p q) (smaller r s))), Some (Qred (larger (larger p q) (larger r s))))
  | Some a, _, Some c, _ =>
    if Qle_bool 0 a && Qle_bool 0 c then (Some (Qred (a * c)), None) else free
  | _, _, _, _ => free
  end.
Definition bounds_of (d : def) : bounds :=
  match d with
  | DOne => (Some 1%Q, Some 1%Q)
  | DIn j => nth j ins free
  | DSt k j => nth j (nth k sbs []) free
  | DTg k j => nth j (nth k tbs []) free
  | DRelu g => (atleast0 (low g), option_map (larger 0) (up g))
  | DMul g h =>
    let b := product_bounds (low g) (up g) (low h) (up h) in
    if feqb g h then (atleast0 (fst b), snd b) else b
  | DSum f => (low f, up f)
  end.

(** *** ReLU *)
(** Where there is an atom for ReLU of the form, or of its negative, its sign is not looked for. *)
Definition srelu (f : form) : option form :=
  let c := Qabs (lead f) in
  let g := fscale (Qinv (lead f)) f in
  match fnd (DRelu g) with
  | None =>
    if nonneg f then Some f else
    if nonneg (fscale (-1) f) then Some [] else None
  | Some id =>
    match get id with
    | Some (DRelu g') =>
      if Qle_bool 0 c then
        if feqb (fscale c g') f then Some [(id, c)]
        else if feqb (fscale (-c) g') f then Some (fadd [(id, c)] f)
        else None
      else None
    | _ => None
    end
  end.

(** ** Nodes, as in Language.v; None where an atom is missing in the table *)
Fixpoint mapo {A B} (f : A -> option B) (l : list A) : option (list B) :=
  match l with
  | [] => Some []
  | a :: r => match f a, mapo f r with Some b, Some t => Some (b :: t) | _, _ => None end
  end.
Fixpoint map2o {A B C} (f : A -> B -> option C) l m : option (list C) :=
  match l, m with
  | a::l', b::m' => match f a b, map2o f l' m' with Some c, Some t => Some (c::t) | _, _ => None end
  | _, _ => Some []
  end.

Fixpoint sdot (r : srow) (v : list form) : form :=
  match r with [] => [] | (i,q)::r' => fadd (fscale q (nth i v [])) (sdot r' v) end.
Definition slin (rows : list (srow*Q)) (v : list form) :=
  map (fun rb => fadd (sdot (fst rb) v) (fconst (snd rb))) rows.
Definition sstate (rows : list ((srow*srow)*Q)) (s v : list form) :=
  map (fun r => fadd (fadd (sdot (fst (fst r)) s) (sdot (snd (fst r)) v)) (fconst (snd r))) rows.
Definition smultv (v : list form) :=
  let h := Nat.div2 (length v) in map2o smul (firstn h v) (skipn h v).
Definition sop (o : op) (x : list form) (prev env : list (list form)) : option (list form) :=
  match o with
  | OInput => Some x
  | OLin rows i => Some (slin rows (nth i env []))
  | ORelu i => mapo srelu (nth i env [])
  | OState rows i => Some (sstate rows (nth (length env) prev []) (nth i env []))
  | OPrev k => Some (nth k prev [])
  | OConcat l => Some (concat (map (fun i => nth i env []) l))
  | OMulti i => smultv (nth i env [])
  end.
Fixpoint sexec (ops : list op) (x : list form) (prev env : list (list form)) :=
  match ops with
  | [] => Some env
  | o :: r => match sop o x prev env with
              | Some v => sexec r x prev (env ++ [v])
              | None => None end
  end.
End Checker.

