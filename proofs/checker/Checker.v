(** * The certificate checker

    A certificate claims, for coordinates of the target's remembered values, which quantity of the
    source they always equal: output i of a stateless coupling program over remembered values of the
    source (for example [ReLU(s); ReLU(-s)] for the pair by which Eq. 11 of the paper stores s).

    [check] accepts iff both programs and the certificate are well formed, the outputs of one symbolic
    step are equal forms, the claims hold at the start, and a step preserves them. What [check] accepts
    is true: CheckSound.v. It is incomplete: what it rejects need not be false. *)
From Coq Require Import List QArith PArith FMapPositive Bool Lia Ring Arith.
Import ListNotations.
From LSRL Require Import Language WellFormed Forms.

Record cert := {
  inp : list (nat * nat);              (* the remembered source values (node, coordinate) read by cpl *)
  cpl : prog;                          (* the coupling program *)
  links : list (list (option nat));    (* per target node and coordinate: Some i = it equals output i
                                          of the coupling program; None = no claim *)
  table : list def                     (* the atoms, by number from 1 *)
}.

(** ** The certificate is about values that exist *)
Fixpoint links_fit (lks : list (list (option nat))) (ini : list (list Q)) (m : nat) : bool :=
  match lks, ini with
  | [], _ => true
  | l :: r, _ =>
    Nat.leb (length l) (length (hd [] ini))
    && forallb (fun o => match o with Some i => Nat.ltb i m | None => true end) l
    && links_fit r (tl ini) m
  end.
Definition wf_cert (n : nat) (src tgt : prog) (c : cert) : bool :=
  wf n src && wf n tgt
  && match remembered 0 (nodes (cpl c)), out_dim (length (inp c)) (cpl c) with
     | [], Some m =>
       forallb (fun kj => Nat.ltb (snd kj) (length (nth (fst kj) (inits src) []))) (inp c)
       && links_fit (links c) (inits tgt) m
     | _, _ => false
     end.

(** ** One step, over forms *)
Section Chk.
Variable get : positive -> option def.
Variable fnd : def -> option positive.
Variable lbs : list (option Q).

(** Previous values of the source: atoms. *)
Fixpoint sprev (k : nat) (ini : list (list Q)) : option (list (list form)) :=
  match ini with
  | [] => Some []
  | v :: r =>
    match mapo (fun j => atom get fnd (DSt k j)) (seq 0 (length v)), sprev (S k) r with
    | Some v, Some t => Some (v :: t) | _, _ => None end
  end.
(** Previous values of the target: what the links say, else atoms. *)
Fixpoint tprev (k : nat) (ini : list (list Q)) (lks : list (list (option nat))) (C : list form)
  : option (list (list form)) :=
  match ini with
  | [] => Some []
  | v :: r =>
    let l := nth k lks [] in
    match mapo (fun j => match nth j l None with
                         | Some i => Some (nth i C [])
                         | None => atom get fnd (DTg k j) end) (seq 0 (length v)),
          tprev (S k) r lks C with
    | Some v, Some t => Some (v :: t) | _, _ => None end
  end.
(** Nodes with an initial value keep its dimension. *)
Fixpoint dims_ok (ini : list (list Q)) (e : list (list form)) : bool :=
  match ini with
  | [] => true
  | v :: r =>
    (Nat.eqb (length v) 0 || Nat.eqb (length v) (length (hd [] e))) && dims_ok r (tl e)
  end.
Definition rd {A} (d : A) (l : list (nat*nat)) (E : list (list A)) : list A :=
  map (fun kj => nth (snd kj) (nth (fst kj) E []) d) l.
(** The links hold of the values [E] of the target, [C] being the output of the coupling program. *)
Fixpoint chk_row (l : list (option nat)) (v C : list form) : bool :=
  match l with
  | [] => true
  | o :: r => match o with Some i => feqb (hd [] v) (nth i C []) | None => true end
              && chk_row r (tl v) C
  end.
Fixpoint chk_links (lks : list (list (option nat))) (E : list (list form)) (C : list form) : bool :=
  match lks with
  | [] => true
  | l :: r => chk_row l (hd [] E) C && chk_links r (tl E) C
  end.
Definition sinit (p : prog) : list (list form) := map (map fconst) (inits p).
Fixpoint feqv (u v : list form) : bool :=
  match u, v with
  | [], [] => true
  | a::u', b::v' => feqb a b && feqv u' v'
  | _, _ => false
  end.
(** One symbolic step of both programs: the outputs are equal; the links hold after the step if they
    held before it; they hold at the start. *)
Definition check_core (n : nat) (src tgt : prog) (c : cert) : bool :=
  match get 1 with Some DOne => true | _ => false end &&
  match mapo (fun j => atom get fnd (DIn j)) (seq 0 n), sprev 0 (inits src),
        mapo (fun kj => atom get fnd (DSt (fst kj) (snd kj))) (inp c) with
  | Some sx, Some ps, Some ci =>
    match sexec get fnd lbs (nodes src) sx ps [],
          sexec get fnd lbs (nodes (cpl c)) ci [] [] with
    | Some es, Some cc =>
      match tprev 0 (inits tgt) (links c) (nth (out (cpl c)) cc []) with
      | Some pt =>
        match sexec get fnd lbs (nodes tgt) sx pt [],
              sexec get fnd lbs (nodes (cpl c)) (rd [] (inp c) es) [] [],
              sexec get fnd lbs (nodes (cpl c)) (rd [] (inp c) (sinit src)) [] [] with
        | Some et, Some cc1, Some cc0 =>
          dims_ok (inits src) es && dims_ok (inits tgt) et &&
          feqv (nth (out src) es []) (nth (out tgt) et []) &&
          chk_links (links c) et (nth (out (cpl c)) cc1 []) &&
          chk_links (links c) (sinit tgt) (nth (out (cpl c)) cc0 [])
        | _, _, _ => false end
      | None => false end
    | _, _ => false end
  | _, _, _ => false end.
End Chk.

(** ** The atom table: an atom is defined by earlier ones *)
Definition scopedf (i : positive) (f : form) := forallb (fun iq => Pos.ltb (fst iq) i) f.
Definition scoped (i : positive) (d : def) : bool :=
  match d with DRelu f => scopedf i f | DMul f g => scopedf i f && scopedf i g | _ => true end.
Fixpoint wf_table (i : positive) (t : list def) : bool :=
  match t with [] => true | d :: r => scoped i d && wf_table (Pos.succ i) r end.
Fixpoint mkmap (i : positive) (t : list def) (m : PositiveMap.t def) : PositiveMap.t def :=
  match t with [] => m | d :: r => mkmap (Pos.succ i) r (PositiveMap.add i d m) end.

(** ** The checker *)
Definition check (fnd : def -> option positive) (lbs : list (option Q)) (n : nat)
    (src tgt : prog) (c : cert) : bool :=
  wf_cert n src tgt c && wf_table 1 (table c) &&
  (let m := mkmap 1 (table c) (PositiveMap.empty def) in
   check_core (fun i => PositiveMap.find i m) fnd lbs n src tgt c).
