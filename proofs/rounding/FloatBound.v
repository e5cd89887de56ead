(** * The running bound in IEEE-754: binary32 and binary64, and together with the certificate checker

    Instances of RunningBound.v with Flocq's round to nearest even in the FLT formats (gradual
    underflow; overflow is excluded from the model). u = 2^-24, eta = 2^-150 for binary32;
    u = 2^-53, eta = 2^-1075 for binary64.

    [certified_float_bound]: if the checker of Checker.v accepts a compilation src -> tgt, then the float
    run of the TARGET stays within the computed bound of the exact run of the SOURCE. *)
From Coq Require Import List QArith Qreals ZArith Reals Lra Lia. Import ListNotations.
From Flocq Require Import Core Relative.
From LSRL Require Import Language WellFormed Checker CheckSound Rings Simulation RunningBound.
Local Open Scope R_scope.

(** the usual statement of the standard model implies the assumption of RunningBound.v *)
Lemma standard_model u eta exact computed d e : Rabs d <= u -> Rabs e <= eta ->
  computed = exact * (1 + d) + e -> Rabs (computed - exact) <= u * Rabs exact + eta.
Proof.
  intros D E ->. replace (exact * (1 + d) + e - exact) with (d * exact + e) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult.
  apply Rplus_le_compat; [apply Rmult_le_compat_r; [apply Rabs_pos|exact D]|exact E].
Qed.

Definition ufl (prec : positive) : Q := 1 # (2 ^ prec).
Lemma Q2R_pow2 k : Q2R (1 # (2 ^ k)) = bpow radix2 (- Zpos k).
Proof.
  unfold Q2R. cbn [Qnum Qden]. rewrite Rmult_1_l. cbn [bpow Z.opp]. f_equal. f_equal.
  rewrite Pos2Z.inj_pow. reflexivity.
Qed.
Lemma half_bpow e : / 2 * bpow radix2 (e + 1) = bpow radix2 e.
Proof. rewrite bpow_plus. change (bpow radix2 1) with 2. lra. Qed.
Lemma pow2_nn k : (0 <= 1 # k)%Q. Proof. unfold Qle. cbn. lia. Qed.

Section Format.
(** precision p bits, smallest exponent -m + 1 of the unit in the last place *)
Variables (p m : positive).
Definition fexp := FLT_exp (- Zpos m + 1) (Zpos p).
Definition rnd := round radix2 fexp ZnearestE.
Lemma rnd_err x : Rabs (rnd x - x) <= Q2R (ufl p) * Rabs x + Q2R (ufl m).
Proof.
  destruct (error_N_FLT radix2 (- Zpos m + 1) (Zpos p) ltac:(lia) (fun z => negb (Z.even z)) x)
    as (d & e & D & E & _ & H).
  unfold ufl. rewrite !Q2R_pow2. rewrite half_bpow in D, E.
  exact (standard_model _ _ _ _ d e D E H).
Qed.
Definition fl_add x y := rnd (x + y).
Definition fl_mul x y := rnd (x * y).

(** the operations that [hsem] skips are exact on floats *)
Lemma skipped_ops h : generic_format radix2 fexp h ->
  fl_add 0 h = h /\ fl_mul 1 h = h /\ fl_mul (-1) h = - h.
Proof.
  intro H. unfold fl_add, fl_mul, rnd.
  replace (0 + h) with h by ring. replace (1 * h) with h by ring. replace (-1 * h) with (- h) by ring.
  repeat split; apply round_generic; try typeclasses eauto; try assumption. apply generic_format_opp, H.
Qed.
Variables (wt up : Q -> Q).
Hypothesis up_ge : forall q, (q <= up q)%Q.
Definition fl_run := hsem fl_add fl_mul wt.
Definition fl_bound := bsem wt up (ufl p) (ufl m).
Notation okvs := (Forall3 _ _ _ (Forall3 _ _ _ ok)).

Theorem float_bound ranges P bs hs xs : okvs bs hs xs -> in_ranges ranges P (init R_oring P) xs ->
  okvs (fl_bound ranges P bs) (fl_run P hs) (sem R_oring P xs).
Proof. apply running_bound; auto; try apply pow2_nn; intros; apply rnd_err. Qed.

(** A certificate and the bound together: the float run of the compiled target is within the computed
    bound of the exact run of the source, and the source has a meaning without defaults. *)
Theorem certified_float_bound fnd wit ins n src tgt c bs hs xs :
  check fnd wit ins n src tgt c = true ->
  Forall (good_input R_oring ins n) xs -> okvs bs hs xs ->
  strict R_oring src xs = Some (sem R_oring src xs) /\
  okvs (fl_bound [] tgt bs) (fl_run tgt hs) (sem R_oring src xs).
Proof.
  intros C G O. split; [apply (check_sound_R _ _ _ _ _ _ _ C xs G)|].
  rewrite (check_sound_sem R_oring _ _ _ _ _ _ _ C xs G). apply float_bound; [exact O|apply no_ranges].
Qed.
End Format.

(** ** binary32 and binary64 *)
Definition run32 := fl_run 24 150. Definition bound32 := fl_bound 24 150.
Definition run64 := fl_run 53 1075. Definition bound64 := fl_bound 53 1075.

(** rounding a bound up to a multiple of 2^-k keeps its numbers short *)
Definition up_to (k : positive) (q : Q) : Q := (Z.div (Qnum q * Zpos (2 ^ k)) (Zpos (Qden q)) + 1) # (2 ^ k).
Lemma up_to_ge k q : (q <= up_to k q)%Q.
Proof.
  unfold Qle, up_to. cbn [Qnum Qden].
  assert (H := Z.mul_succ_div_gt (Qnum q * Zpos (2 ^ k)) (Zpos (Qden q)) ltac:(lia)). lia.
Qed.

(** ** Example: y_t = ReLU(x_t) * s_t, s_t = s_{t-1}/2 + x_t/2 + 1/10, inputs exact, |x| <= 1.
    The weight 1/10 is 13421773/2^27 in binary32. *)
Definition wt_ex (q : Q) : Q := if Qeq_bool q (1#10) then 13421773 # (2^27) else q.
Definition ema_gate : prog := {|
  nodes := [ OInput; OState [ ([(0%nat, 1#2)], [(0%nat, 1#2)], 1#10) ]%Q 0; ORelu 0; OConcat [2; 1]%nat; OMulti 3 ];
  inits := [[]; [0%Q]]; out := 4 |}.
Definition ema_bounds T := bound32 wt_ex (up_to 60) [] ema_gate (repeat [(1, 0)]%Q T).
Definition all_within (e : Q) (bs : list (list (Q*Q))) := forallb (forallb (fun b => Qle_bool (snd b) e)) bs.
Lemma ema_bounds_eq T : fl_bound 24 150 wt_ex (up_to 60) [] ema_gate (repeat [(1, 0)]%Q T) = ema_bounds T.
Proof. reflexivity. Qed.
Definition inputs (xs : list R) := map (fun x => [x]) xs.
(** for every length T and every e that the computed bound stays below *)
Theorem ema_float T e xs : all_within e (ema_bounds T) = true -> length xs = T -> Forall (fun x => Rabs x <= 1) xs ->
  Forall2 (Forall2 (fun h y => Rabs (h - y) <= Q2R e))
    (run32 wt_ex ema_gate (inputs xs)) (sem R_oring ema_gate (inputs xs)).
Proof.
  intros E L A.
  assert (O : Forall3 _ _ _ (Forall3 _ _ _ ok) (repeat [(1, 0)]%Q T) (inputs xs) (inputs xs)).
  { rewrite <- L. clear L E. induction A as [|x xs X A IH]; cbn [length repeat inputs map]; constructor; [|exact IH].
    constructor; [|constructor]. split; cbn [fst snd].
    - rewrite RMicromega.Q2R_1. exact X.
    - rewrite Rminus_eq_0, Rabs_R0, RMicromega.Q2R_0. lra. }
  assert (B := float_bound 24 150 wt_ex (up_to 60) (up_to_ge 60) [] ema_gate _ _ _ O (no_ranges _ _ _)).
  rewrite ema_bounds_eq in B. fold run32 in B. unfold all_within in E.
  revert E. induction B as [|bs hs ys lb lh ly V B IH]; intro E; constructor;
    cbn in E; apply andb_prop in E as [E1 E2]; [|apply IH; exact E2].
  clear -V E1. revert E1.
  induction V as [|b h y bs hs ys W V IH]; intro E; constructor;
    cbn in E; apply andb_prop in E as [E1 E2]; [|apply IH; exact E2].
  destruct W as [_ W]. eapply Rle_trans; [exact W|]. apply Qle_Rle, Qle_bool_imp_le, E1.
Qed.
(** 50 steps of binary32, |x| <= 1: within 8 * 2^-24 of the exact run, whatever the inputs *)
Lemma ema_50 : all_within (8 # (2^24)) (ema_bounds 50) = true.
Proof. vm_cast_no_check (eq_refl true). Qed.
Theorem ema_50_float xs : length xs = 50%nat -> Forall (fun x => Rabs x <= 1) xs ->
  Forall2 (Forall2 (fun h y => Rabs (h - y) <= Q2R (8 # (2^24))))
    (run32 wt_ex ema_gate (inputs xs)) (sem R_oring ema_gate (inputs xs)).
Proof. exact (ema_float 50 (8 # (2^24)) xs ema_50). Qed.
