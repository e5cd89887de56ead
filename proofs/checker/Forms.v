(** * Affine forms over atoms: how the checker runs a program for one step

    A value is an affine form: a finite sum of rational multiples of atoms. An atom is 1, an input, a
    previous value of the source or of the target, ReLU of a form, or a product of two forms; equal
    atoms are one atom, by their number in a table. [fnd] is the (untrusted) search in the table: what
    it finds is looked at with [get] before it is believed.

    Normalisation: ReLU(c f) is c ReLU(f) for c > 0; ReLU(-c f) is written with ReLU(f) and f; a form
    that is known to be non-negative is its own ReLU; products of at most 64 terms are expanded.

    Definitions only; FormsSound.v proves that they mean what they should. *)
From Coq Require Import List QArith Qabs PArith Bool Arith.
Import ListNotations.
From LSRL Require Import Language.
Arguments Qred : simpl never. Arguments Qplus : simpl never. Arguments Qmult : simpl never.
Arguments Qeq_bool : simpl never. Arguments Qle_bool : simpl never. Arguments Qopp : simpl never.

Definition form := list (positive * Q).
Inductive def :=
| DOne                       (* 1 *)
| DIn (j : nat)              (* coordinate j of the input *)
| DSt (k j : nat)            (* coordinate j of the source's node k at the previous step *)
| DTg (k j : nat)            (* the same of the target *)
| DRelu (f : form)
| DMul (f g : form).

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
  if Qeq_bool c 1 then f else map (fun iq => (fst iq, Qred (c * snd iq))) f.
Definition fconst (b : Q) : form := if Qeq_bool b 0 then [] else [(1%positive, b)].
Definition feqb (f g : form) : bool :=
  forallb (fun iq => Qeq_bool (snd iq) 0) (fadd f (fscale (-1) g)).

(** ** ReLU and products, over a table of atoms *)
Section Checker.
Variable get : positive -> option def.   (* the atom table *)
Variable fnd : def -> option positive.   (* untrusted search *)
Variable lbs : list (option Q).          (* assumed lower bounds of the inputs *)

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

(** A sufficient condition for f >= 0: non-negative multiples of what is non-negative, and what the
    lower bounds of the inputs and the constant leave. *)
Fixpoint nngo (rec : form -> bool) (f : form) (acc : Q) : bool :=
    match f with
    | [] => Qle_bool 0 acc
    | (id, q) :: r =>
      match get id with
      | Some DOne => nngo rec r (Qred (acc + q))
      | Some (DRelu _) => Qle_bool 0 q && nngo rec r acc
      | Some (DIn j) => match nth j lbs None with
                        | Some l => Qle_bool 0 q && nngo rec r (Qred (acc + q * l))
                        | None => false end
      | Some (DMul g h) => Qle_bool 0 q && rec g && rec h && nngo rec r acc
      | _ => false
      end
    end.
Fixpoint nnform (fuel : nat) (f : form) : bool :=
  nngo (match fuel with S n => nnform n | O => fun _ => false end) f 0%Q.
Definition lead (f : form) : Q := match f with (_,q)::_ => q | [] => 0%Q end.

Definition srelu (f : form) : option form :=
  if nnform 3 f then Some f else
  if nnform 3 (fscale (-1) f) then Some [] else
  let c := Qabs (lead f) in
  let g := fscale (Qinv (lead f)) f in
  match fnd (DRelu g) with
  | None => None
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
Definition smul (f g : form) : option form :=
  if Nat.leb (length f * length g) 64 then mulall f g else smul0 f g.

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
  | OState rows i => match nth (length env) prev [] with
                     | [] => None | s => Some (sstate rows s (nth i env [])) end
  | OPrev k => match nth k prev [] with [] => None | s => Some s end
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

