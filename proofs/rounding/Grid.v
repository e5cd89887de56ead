(** * Programs whose floats are exact: the grid domain

    A value is on the grid (g, K) if it is k 2^g for a whole number k with |k| <= K. With p bits of
    precision and smallest exponent emin, such a value is a float if K <= 2^p and g >= emin. Sums and
    products of values on grids are on grids that are easily computed; as long as these pass the test,
    nothing is rounded. [grid_run] runs a program on grids, every product and every prefix of every
    row in the order of the float run ([None]: a test failed, nothing is known).

    [grid_exact]: where [grid_run] knows every output, the float run is the exact run, bit for bit,
    for all inputs on the given grids. [certified_grid_exact]: if moreover the certificate checker
    accepts a compilation, the float run of the target is the exact run of the source.

    Floats are those of FloatBound.v: round to nearest even, gradual underflow, no overflow. No weight
    may need rounding: the test asks that [wt q] be q. *)
From Coq Require Import List QArith Qreals ZArith Reals Lra Lia Bool. Import ListNotations.
From Flocq Require Import Core.
From LSRL Require Import Language WellFormed Checker CheckSound Rings Simulation RunningBound FloatBound.
Local Open Scope Z_scope.

Definition grid := option (Z * Z).

Section Grid.
Variables (p m : positive).                 (* as in FloatBound.v: p bits, emin = 1 - m *)
Variable wt : Q -> Q.
Notation fexp := (fexp p m).
Notation format := (generic_format radix2 fexp).

(** ** The test, and the operations *)
Definition small (g K : Z) : bool := (1 - Zpos m <=? g) && (K <=? 2 ^ Zpos p).
Definition tested (g K : Z) : grid :=
  if K =? 0 then Some (0, 0) else if small g K then Some (g, K) else None.
Definition grid_add (a b : grid) : grid :=
  match a, b with
  | Some (g, K), Some (h, L) =>
    if K =? 0 then b else if L =? 0 then a else
    let e := Z.min g h in tested e (K * 2 ^ (g - e) + L * 2 ^ (h - e))
  | _, _ => None
  end.
Definition grid_mul (a b : grid) : grid :=
  match a, b with Some (g, K), Some (h, L) => tested (g + h) (K * L) | _, _ => None end.
(** The odd part of a number, and how often 2 divides it. *)
Fixpoint odd_part (n : positive) : positive * Z :=
  match n with xO n' => let (o, e) := odd_part n' in (o, e + 1) | _ => (n, 0) end.
(** A weight: known if it is a whole number times a power of two, and a float. *)
Definition grid_const (q : Q) : grid :=
  if negb (Qeq_bool (wt q) q) then None else
  match Qnum q with
  | Z0 => Some (0, 0)
  | Zpos n | Zneg n =>
    let (o, e) := odd_part n in
    let (d, f) := odd_part (Qden q) in
    if Pos.eqb d 1 then tested (e - f) (Zpos o) else None
  end.
Definition grid_scale (q : Q) (a : grid) : grid := grid_mul (grid_const q) a.
Definition grid_run : prog -> list (list grid) -> list (list grid) :=
  dsem wt grid (Some (0, 0)) grid_add grid_mul grid_scale grid_const (fun a => a) (fun _ v => v).

(** ** What a grid says *)
Definition on (g K : Z) (x : R) : Prop := exists k, x = (IZR k * bpow radix2 g)%R /\ Z.abs k <= K.
Definition exact (a : grid) (h x : R) : Prop :=
  match a with None => True | Some (g, K) => h = x /\ small g K = true /\ on g K x end.

Lemma small_format g K x : small g K = true -> on g K x -> format x.
Proof.
  unfold small. intros S (k & -> & A). apply andb_true_iff in S as [S1 S2].
  apply Z.leb_le in S1. apply Z.leb_le in S2. apply generic_format_FLT.
  destruct (Z.eq_dec (Z.abs k) (2 ^ Zpos p)) as [E|N].
  - exists (Float radix2 (Z.sgn k) (g + Zpos p)).
    + unfold F2R. cbn [Fnum Fexp]. rewrite (Z.add_comm g), bpow_plus, <- Rmult_assoc. f_equal.
      change (bpow radix2 (Zpos p)) with (IZR (Zpower_pos 2 p)).
      change (Zpower_pos 2 p) with (2 ^ Zpos p). rewrite <- E, <- mult_IZR. f_equal. lia.
    + cbn [Fnum]. change (Zpower radix2 (Zpos p)) with (2 ^ Zpos p).
      assert (1 < 2 ^ Zpos p) by (apply Z.pow_gt_1; lia). lia.
    + cbn [Fexp]. lia.
  - exists (Float radix2 k g); cbn [Fnum Fexp]; [reflexivity| |lia].
    change (Zpower radix2 (Zpos p)) with (2 ^ Zpos p). lia.
Qed.
Lemma rnd_format x : format x -> rnd p m x = x.
Proof. apply round_generic. typeclasses eauto. Qed.
Lemma small_zero : small 0 0 = true.
Proof.
  unfold small. apply andb_true_iff. split; apply Z.leb_le; [lia|]. apply Z.pow_nonneg. lia.
Qed.
Lemma on_zero g x : on g 0 x -> x = 0%R.
Proof. intros (k & -> & A). replace k with 0 by lia. apply Rmult_0_l. Qed.
Lemma on_zero_zero : on 0 0 0%R.
Proof. exists 0. rewrite Rmult_0_l. split; [reflexivity|lia]. Qed.

(** A result that passes the test is not rounded. *)
Lemma tested_exact g K x : on g K x -> exact (tested g K) (rnd p m x) x.
Proof.
  intro O. unfold tested. destruct (Z.eqb_spec K 0) as [->|_].
  - rewrite (on_zero _ _ O). split; [|split; [apply small_zero|apply on_zero_zero]].
    apply rnd_format, generic_format_0.
  - destruct (small g K) eqn:S; [|exact I]. split; [|auto]. apply rnd_format, (small_format _ _ _ S O).
Qed.
Lemma tested_on g K x : on g K x -> exact (tested g K) x x.
Proof.
  intro O. assert (T := tested_exact g K x O). unfold exact in *.
  destruct (tested g K) as [[h L]|]; [|exact I]. tauto.
Qed.

(** ** Each operation is right *)
Lemma exact_zero : exact (Some (0, 0)) 0%R 0%R.
Proof. split; [reflexivity|]. split; [apply small_zero|apply on_zero_zero]. Qed.
Lemma on_align g K x e : e <= g -> on g K x -> on e (K * 2 ^ (g - e)) x.
Proof.
  intros L (k & -> & A). exists (k * 2 ^ (g - e)). split.
  - rewrite mult_IZR. change 2 with (radix_val radix2). rewrite IZR_Zpower by lia.
    rewrite Rmult_assoc, <- bpow_plus. f_equal. f_equal. lia.
  - rewrite Z.abs_mul, (Z.abs_eq (2 ^ _)) by (apply Z.pow_nonneg; lia).
    apply Z.mul_le_mono_nonneg_r; [apply Z.pow_nonneg; lia|exact A].
Qed.
Lemma exact_add a b h k x y : exact a h x -> exact b k y ->
  exact (grid_add a b) (fl_add p m h k) (x + y)%R.
Proof.
  destruct a as [[g K]|]; [|intros; exact I]. destruct b as [[e L]|]; [|intros; exact I].
  intros (-> & SA & OA) (-> & SB & OB). unfold fl_add. cbn [grid_add].
  destruct (Z.eqb_spec K 0) as [->|_]; [|destruct (Z.eqb_spec L 0) as [->|_]].
  - rewrite (on_zero _ _ OA), Rplus_0_l. split; [|auto]. apply rnd_format, (small_format _ _ _ SB OB).
  - rewrite (on_zero _ _ OB), Rplus_0_r. split; [|auto]. apply rnd_format, (small_format _ _ _ SA OA).
  - cbv zeta. apply tested_exact.
    apply (on_align _ _ _ (Z.min g e)) in OA; [|lia]. apply (on_align _ _ _ (Z.min g e)) in OB; [|lia].
    destruct OA as (i & -> & IA), OB as (j & -> & JB). exists (i + j). split; [|lia].
    rewrite plus_IZR. ring.
Qed.
Lemma on_mul g K x e L y : on g K x -> on e L y -> on (g + e) (K * L) (x * y)%R.
Proof.
  intros (i & -> & IA) (j & -> & JB). exists (i * j). split.
  - rewrite mult_IZR, bpow_plus. ring.
  - rewrite Z.abs_mul. apply Z.mul_le_mono_nonneg; lia.
Qed.
Lemma exact_mul a b h k x y : exact a h x -> exact b k y ->
  exact (grid_mul a b) (fl_mul p m h k) (x * y)%R.
Proof.
  destruct a as [[g K]|]; [|intros; exact I]. destruct b as [[e L]|]; [|intros; exact I].
  intros (-> & SA & OA) (-> & SB & OB). apply tested_exact, on_mul; assumption.
Qed.
Lemma odd_part_eq n : let (o, e) := odd_part n in
  0 <= e /\ IZR (Zpos n) = (IZR (Zpos o) * bpow radix2 e)%R.
Proof.
  induction n as [n IH|n IH|]; cbn [odd_part]; try (split; [lia|cbn [bpow]; ring]).
  destruct (odd_part n) as [o e]. destruct IH as [E IH]. split; [lia|].
  rewrite bpow_plus. change (bpow radix2 1) with 2%R.
  rewrite Pos2Z.inj_xO, mult_IZR, IH. ring.
Qed.
Lemma Q2R_parts n d : Q2R (n # d) = (IZR n * / IZR (Zpos d))%R.
Proof. reflexivity. Qed.
Lemma exact_const q : exact (grid_const q) (hconst wt q) (Q2R q).
Proof.
  unfold grid_const, hconst. destruct (Qeq_bool (wt q) q) eqn:W; [|exact I]. cbn [negb].
  apply Qeq_bool_eq, Qeq_eqR in W. rewrite W. clear W. destruct q as [n d]. cbn [Qnum Qden].
  assert (Main : forall (s o : positive) e f, IZR (Zpos s) = (IZR (Zpos o) * bpow radix2 e)%R ->
    IZR (Zpos d) = bpow radix2 f ->
    on (e - f) (Zpos o) (Q2R (Zpos s # d)) /\ on (e - f) (Zpos o) (Q2R (Zneg s # d))).
  { intros s o e f Hs Hd. unfold on. rewrite !Q2R_parts, Hd, <- bpow_opp. split.
    - exists (Zpos o). split; [|lia]. rewrite Hs, Rmult_assoc, <- bpow_plus. reflexivity.
    - exists (Zneg o). split; [|lia].
      change (Zneg s) with (- Zpos s). change (Zneg o) with (- Zpos o). rewrite !opp_IZR, Hs.
      rewrite <- !Ropp_mult_distr_l, Rmult_assoc, <- bpow_plus. reflexivity. }
  assert (P := odd_part_eq d).
  destruct n as [|s|s].
  - unfold Q2R. cbn [Qnum]. rewrite Rmult_0_l. apply exact_zero.
  - assert (S := odd_part_eq s). destruct (odd_part s) as [o e], (odd_part d) as [d' f].
    destruct (Pos.eqb_spec d' 1) as [->|]; [|exact I]. destruct S as [_ S], P as [_ P].
    rewrite Rmult_1_l in P. apply tested_on, (Main s o e f S P).
  - assert (S := odd_part_eq s). destruct (odd_part s) as [o e], (odd_part d) as [d' f].
    destruct (Pos.eqb_spec d' 1) as [->|]; [|exact I]. destruct S as [_ S], P as [_ P].
    rewrite Rmult_1_l in P. apply tested_on, (Main s o e f S P).
Qed.
Lemma exact_scale q b h x : exact b h x ->
  exact (grid_scale q b) (hscale (fl_mul p m) wt q h) (Q2R q * x)%R.
Proof.
  intro B. assert (C := exact_const q). assert (M := exact_mul _ _ _ _ _ _ C B).
  unfold grid_scale, hscale, hconst in *.
  assert (W : grid_const q = None \/ Q2R (wt q) = Q2R q).
  { unfold grid_const. destruct (Qeq_bool (wt q) q) eqn:W; [right|now left].
    apply Qeq_eqR, Qeq_bool_eq, W. }
  destruct W as [->|W]; [exact I|].
  destruct (Qeq_bool (wt q) 1) eqn:E1; [|destruct (Qeq_bool (wt q) (-1)) eqn:E2]; [| |exact M].
  - apply Qeq_bool_eq, Qeq_eqR in E1. rewrite RMicromega.Q2R_1 in E1.
    rewrite <- W, E1, Rmult_1_l in M |- *. destruct (grid_mul _ _) as [[g K]|] eqn:G; [|exact I].
    destruct b as [[e L]|]; [|destruct (grid_const q) as [[]|]; discriminate G].
    destruct B as (-> & _), M as (_ & M). split; [reflexivity|exact M].
  - apply Qeq_bool_eq, Qeq_eqR in E2.
    assert (M1 : Q2R (-1) = (-1)%R) by (unfold Q2R; cbn [Qnum Qden]; lra). rewrite M1 in E2.
    rewrite <- W, E2 in M |- *. destruct (grid_mul _ _) as [[g K]|] eqn:G; [|exact I].
    destruct b as [[e L]|]; [|destruct (grid_const q) as [[]|]; discriminate G].
    destruct B as (-> & _), M as (_ & M). split; [ring|exact M].
Qed.
Lemma exact_relu a h x : exact a h x -> exact a (hrelu h) (Rmax x 0).
Proof.
  destruct a as [[g K]|]; [|auto]. intros (-> & S & k & -> & A). split; [reflexivity|].
  split; [exact S|]. pose proof (bpow_gt_0 radix2 g) as B.
  destruct (Z.le_gt_cases 0 k) as [N|N].
  - exists k. split; [|exact A]. apply Rmax_left. apply Rmult_le_pos; [apply IZR_le, N|lra].
  - exists 0. split; [|lia]. rewrite Rmult_0_l. apply Rmax_right.
    apply IZR_lt in N. rewrite <- (Rmult_0_l (bpow radix2 g)). apply Rmult_le_compat_r; lra.
Qed.

(** ** The theorems *)
Definition known (a : grid) : bool := match a with Some _ => true | None => false end.
Definition on_grid (a : grid) (x : R) : Prop := exact a x x.

Theorem grid_exact P gs xs : Forall2 (Forall2 on_grid) gs xs ->
  forallb (forallb known) (grid_run P gs) = true ->
  fl_run p m wt P xs = sem R_oring P xs.
Proof.
  intros G.
  assert (O : Forall3 _ _ _ (Forall3 _ _ _ exact) gs xs xs).
  { induction G as [|a x gs xs A G IH]; constructor; [|exact IH].
    clear -A. induction A; constructor; assumption. }
  assert (S : Forall3 _ _ _ (Forall3 _ _ _ exact) (grid_run P gs) (fl_run p m wt P xs) (sem R_oring P xs)).
  { apply (simulation _ _ _ _ _ _ _ _ _ _ _ exact (fun _ _ => True));
      auto using exact_zero, exact_const, exact_add, exact_mul, exact_scale, exact_relu.
    clear. generalize (init R_oring P). induction xs as [|x xs IH]; cbn; auto. }
  clear O G. induction S as [|b h y bs hs ys V S IH]; [reflexivity|]. cbn [forallb].
  intro K. apply andb_true_iff in K as [K1 K2]. f_equal; [|apply IH, K2].
  clear -V K1. induction V as [|b h y bs hs ys W V IH]; [reflexivity|]. cbn [forallb] in K1.
  apply andb_true_iff in K1 as [K1 K2]. f_equal; [|apply IH, K2].
  destruct b as [[g K]|]; [apply W|discriminate].
Qed.

Theorem certified_grid_exact fnd wit ins n src tgt c gs xs :
  check fnd wit ins n src tgt c = true -> Forall (good_input R_oring ins n) xs ->
  Forall2 (Forall2 on_grid) gs xs -> forallb (forallb known) (grid_run tgt gs) = true ->
  strict R_oring src xs = Some (sem R_oring src xs) /\
  fl_run p m wt tgt xs = sem R_oring src xs.
Proof.
  intros C I G K. split; [apply (check_sound_R _ _ _ _ _ _ _ C xs I)|].
  rewrite (grid_exact tgt gs xs G K). symmetry.
  exact (check_sound_sem R_oring _ _ _ _ _ _ _ C xs I).
Qed.
End Grid.

(** ** Example: more ones than zeros (the paper's Figure 1), mu = 2, in binary32
    1,000 steps, whatever the bits are: the float run is the exact one. *)
Definition more_ones : prog := {|
  nodes := [ OInput;
    OState [ ([(0%nat, 1)], [(0%nat, 1)], 0) ]%Q 0;                  (* ones so far *)
    OLin [ ([(0%nat, -1)], 1) ]%Q 0;
    OState [ ([(0%nat, 1)], [(0%nat, 1)], 0) ]%Q 2;                  (* zeros so far *)
    OConcat [1; 3]%nat;
    OLin [ ([(0%nat, 2); (1%nat, -2)], 0); ([(0%nat, 1); (1%nat, -1)], -(1#2)) ]%Q 4;
    ORelu 5;
    OLin [ ([(0%nat, 1); (1%nat, -2)], 0) ]%Q 6 ];
  inits := [ []; [0]; []; [0] ]%Q; out := 7 |}.
Lemma more_ones_known :
  forallb (forallb known) (grid_run 24 150 (fun q => q) more_ones (repeat [Some (0, 1)] 1000)) = true.
Proof. vm_cast_no_check (eq_refl true). Qed.
Theorem more_ones_exact bits : length bits = 1000%nat ->
  let xs := map (fun b : bool => [if b then 1%R else 0%R]) bits in
  run32 (fun q => q) more_ones xs = sem R_oring more_ones xs.
Proof.
  intros L xs. apply (grid_exact 24 150 (fun q => q)) with (gs := repeat [Some (0, 1)] 1000).
  - rewrite <- L. unfold xs. clear. induction bits as [|b bits IH]; cbn [length repeat map]; constructor.
    + constructor; [|constructor]. split; [reflexivity|]. split; [reflexivity|].
      exists (if b then 1 else 0). cbn [bpow]. destruct b; split; try ring; cbn; lia.
    + exact IH.
  - exact more_ones_known.
Qed.
