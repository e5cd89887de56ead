(** f_ifelse in IEEE-754 (FLT formats; overflow excluded by hypothesis-free FLT model). *)
From Coq Require Import Reals Lra Lia ZArith Psatz.
From Flocq Require Import Core Relative Plus_error.
From LSRL Require Import IfElse.
Open Scope R_scope.

Section FP.
Variables emin prec : Z.
Context {Hp : Prec_gt_0 prec}.
Hypothesis He : (emin <= 0)%Z.
Hypothesis Hp2 : (1 < prec)%Z.
Notation fexp := (FLT_exp emin prec).
Notation rnd := (round radix2 fexp ZnearestE).
Notation fmt := (generic_format radix2 fexp).

Definition u := / 2 * bpow radix2 (-prec + 1).
Definition eta := / 2 * bpow radix2 emin.

Definition mult_fl c t f := rnd (rnd (c*t) + rnd (rnd (1-c) * f)).
Definition direct_fl lam c t f :=
  let a := rnd (-lam*c) in let b := rnd (-lam * rnd (1-c)) in
  rnd (rnd (rnd (relu (rnd (a + f)) + relu (rnd (b + t))) - relu (rnd (a - f))) - relu (rnd (b - t))).
(** the association produced by fusing Lin nodes: -lam*(1-c)+t becomes (lam*c + t) - lam *)
Definition direct_fused lam c t f :=
  rnd (rnd (rnd (relu (rnd (rnd (-lam*c) + f)) + relu (rnd (rnd (rnd (lam*c) + t) - lam)))
    - relu (rnd (rnd (-lam*c) - f))) - relu (rnd (rnd (rnd (lam*c) - t) - lam))).

Lemma fmt_1 : fmt 1.
Proof. change 1 with (bpow radix2 0). apply generic_format_bpow. unfold FLT_exp. red in Hp. lia. Qed.
Lemma rnd_fmt x : fmt x -> rnd x = x.
Proof. apply round_generic; typeclasses eauto. Qed.
Lemma rnd_0 : rnd 0 = 0. Proof. apply round_0; typeclasses eauto. Qed.
Lemma rnd_nonpos x : x <= 0 -> rnd x <= 0.
Proof. intro. rewrite <- rnd_0. apply round_le; try typeclasses eauto. assumption. Qed.
Lemma relu_nonpos x : x <= 0 -> relu x = 0.
Proof. intro. unfold relu. apply Rmax_right. assumption. Qed.
Lemma fmt_relu x : fmt x -> fmt (relu x).
Proof. intro. unfold relu, Rmax. destruct (Rle_dec x 0); [apply generic_format_0|assumption]. Qed.

(** c exactly 0 or 1: the multiplicative select is EXACT in floating point *)
Theorem mult_fl_true t f : fmt t -> fmt f -> mult_fl 1 t f = t.
Proof.
  intros. unfold mult_fl. replace (1-1) with 0 by ring. rewrite rnd_0, Rmult_0_l, rnd_0, Rmult_1_l, Rplus_0_r.
  rewrite !rnd_fmt; auto. rewrite rnd_fmt; auto.
Qed.
Theorem mult_fl_false t f : fmt t -> fmt f -> mult_fl 0 t f = f.
Proof.
  intros. unfold mult_fl. rewrite Rmult_0_l, rnd_0, Rplus_0_l. replace (1-0) with 1 by ring.
  rewrite (rnd_fmt 1) by apply fmt_1. rewrite Rmult_1_l. rewrite !rnd_fmt; auto. rewrite rnd_fmt; auto.
Qed.
(** unfused direct select: also exact for c in {0,1} when |t|,|f| <= lam *)
Lemma relu_pm x : relu x - relu (-x) = x. Proof. unfold relu, Rmax. destruct (Rle_dec x 0), (Rle_dec (-x) 0); lra. Qed.
Lemma relu_split x : fmt x -> rnd (relu x - relu (-x)) = x.
Proof. intro. rewrite relu_pm. apply rnd_fmt. assumption. Qed.
Theorem direct_fl_true lam t f : fmt lam -> fmt t -> fmt f -> Rabs f <= lam ->
  direct_fl lam 1 t f = t.
Proof.
  intros L T F A. unfold direct_fl. apply Rabs_le_inv in A.
  rewrite Rmult_1_r. rewrite (rnd_fmt (-lam)) by (apply generic_format_opp; exact L).
  replace (1-1) with 0 by ring. rewrite rnd_0, Rmult_0_r, rnd_0, !Rplus_0_l, !Rminus_0_l.
  rewrite !(relu_nonpos (rnd (-lam + f))), !(relu_nonpos (rnd (-lam - f))) by (apply rnd_nonpos; lra).
  rewrite (rnd_fmt t T), (rnd_fmt (-t)) by (apply generic_format_opp; exact T).
  rewrite Rplus_0_l, Rminus_0_r. assert (FR := fmt_relu t T). rewrite (rnd_fmt (relu t) FR), (rnd_fmt (relu t) FR).
  apply relu_split, T.
Qed.
Theorem direct_fl_false lam t f : fmt lam -> fmt t -> fmt f -> Rabs t <= lam ->
  direct_fl lam 0 t f = f.
Proof.
  intros L T F A. unfold direct_fl. apply Rabs_le_inv in A.
  rewrite Rmult_0_r, rnd_0. replace (1-0) with 1 by ring. rewrite (rnd_fmt 1) by apply fmt_1. rewrite Rmult_1_r.
  rewrite (rnd_fmt (-lam)) by (apply generic_format_opp; exact L).
  rewrite !Rplus_0_l, !Rminus_0_l.
  rewrite !(relu_nonpos (rnd (-lam + t))), !(relu_nonpos (rnd (-lam - t))) by (apply rnd_nonpos; lra).
  rewrite (rnd_fmt f F), (rnd_fmt (-f)) by (apply generic_format_opp; exact F).
  rewrite Rplus_0_r, Rminus_0_r. assert (FR := fmt_relu f F). rewrite (rnd_fmt (relu f) FR).
  rewrite (relu_split f F). apply rnd_fmt, F.
Qed.

(** general rounding-error bound of the multiplicative select *)
Theorem mult_fl_error c t f : fmt c -> fmt t -> fmt f ->
  Rabs (mult_fl c t f - (c*t + (1-c)*f)) <=
   Rabs (c*t) * ((1+u)*(1+u) - 1) + Rabs ((1-c)*f) * ((1+u)*(1+u)*(1+u) - 1) + 2*eta*(1+u).
Proof.
  intros C T F. unfold mult_fl.
  assert (P0 : (0 < prec)%Z) by exact Hp.
  assert (Up : 0 < u) by (unfold u; pose proof (bpow_gt_0 radix2 (-prec+1)); lra).
  assert (PL : forall x y, fmt x -> fmt y -> exists e, Rabs e <= u /\ rnd (x+y) = (x+y)*(1+e)).
  { intros x y X Y. destruct (FLT_plus_error_N_ex radix2 emin prec (fun z => negb (Z.even z)) x y X Y) as (e & B & E).
    exists e. split; [|exact E]. eapply Rle_trans; [exact B|]. unfold u_ro. fold u.
    apply Rmult_le_reg_r with (1+u); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. nra. }
  destruct (error_N_FLT radix2 emin prec P0 (fun z => negb (Z.even z)) (c*t)) as (e1 & h1 & E1 & H1 & _ & Q1).
  destruct (PL 1 (-c) fmt_1 (generic_format_opp _ _ _ C)) as (e2 & E2 & Q2).
  change (1 + - c) with (1 - c) in Q2.
  destruct (error_N_FLT radix2 emin prec P0 (fun z => negb (Z.even z)) (rnd (1-c) * f)) as (e3 & h3 & E3 & H3 & _ & Q3).
  destruct (PL (rnd (c*t)) (rnd (rnd (1-c) * f))) as (e4 & E4 & Q4);
    try (apply generic_format_round; typeclasses eauto).
  fold u in E1, E3. fold eta in H1, H3.
  rewrite Q4. rewrite Q3. rewrite Q1. rewrite Q2. clear Q1 Q2 Q3 Q4 PL.
  replace ((c*t*(1+e1)+h1 + ((1-c)*(1+e2)*f*(1+e3)+h3))*(1+e4) - (c*t+(1-c)*f))
    with (c*t*((1+e1)*(1+e4)-1) + (1-c)*f*((1+e2)*(1+e3)*(1+e4)-1) + (h1+h3)*(1+e4)) by ring.
  assert (D2 : forall a b, Rabs a <= u -> Rabs b <= u -> Rabs ((1+a)*(1+b)-1) <= (1+u)*(1+u)-1).
  { intros a b A B. replace ((1+a)*(1+b)-1) with (a + b + a*b) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. eapply Rle_trans; [apply Rplus_le_compat_r, Rabs_triang|].
    rewrite Rabs_mult. assert (Rabs a * Rabs b <= u*u) by (apply Rmult_le_compat; auto using Rabs_pos). lra. }
  assert (D3 : forall a b d, Rabs a <= u -> Rabs b <= u -> Rabs d <= u ->
     Rabs ((1+a)*(1+b)*(1+d)-1) <= (1+u)*(1+u)*(1+u)-1).
  { intros a b d A B D. replace ((1+a)*(1+b)*(1+d)-1) with (((1+a)*(1+b)-1)*(1+d) + d) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult.
    assert (Rabs (1+d) <= 1+u).
    { eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_R1. lra. }
    assert (Rabs ((1+a)*(1+b)-1) * Rabs (1+d) <= ((1+u)*(1+u)-1)*(1+u)) by (apply Rmult_le_compat; auto using Rabs_pos).
    lra. }
  eapply Rle_trans; [apply Rabs_triang|]. apply Rplus_le_compat.
  - eapply Rle_trans; [apply Rabs_triang|]. rewrite !Rabs_mult with (x := c*t), !Rabs_mult with (x := (1-c)*f).
    apply Rplus_le_compat; (apply Rmult_le_compat_l; [apply Rabs_pos|]); auto.
  - rewrite Rabs_mult. apply Rmult_le_compat; try apply Rabs_pos.
    + eapply Rle_trans; [apply Rabs_triang|]. lra.
    + eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_R1. lra.
Qed.
End FP.

(** ** instances *)
#[export] Instance prec24 : Prec_gt_0 24. Proof. reflexivity. Qed.
#[export] Instance prec53 : Prec_gt_0 53. Proof. reflexivity. Qed.
Definition mult32 := mult_fl (-149) 24. Definition mult64 := mult_fl (-1074) 53.
Definition rnd32 := round radix2 (FLT_exp (-149) 24) ZnearestE.
Definition rnd64 := round radix2 (FLT_exp (-1074) 53) ZnearestE.

(** ** absorption: in binary32, lam = 10^10, EVERY |t| < 512 is lost *)
Lemma znear n x : Rabs (x - IZR n) < /2 -> ZnearestE x = n.
Proof. intro H. apply Znearest_imp. replace (/2) with (/2) in H by auto. exact H. Qed.
Lemma absorb emin prec e n t : (n <> 0)%Z ->
  FLT_exp emin prec (mag radix2 (IZR n * bpow radix2 e + t)) = e ->
  Rabs t < / 2 * bpow radix2 e ->
  round radix2 (FLT_exp emin prec) ZnearestE (IZR n * bpow radix2 e + t) = IZR n * bpow radix2 e.
Proof.
  intros N C H. unfold round, scaled_mantissa, cexp. rewrite C.
  rewrite (znear n). { unfold F2R. simpl. reflexivity. }
  replace ((IZR n * bpow radix2 e + t) * bpow radix2 (-e) - IZR n) with (t * bpow radix2 (-e)).
  - rewrite Rabs_mult, (Rabs_pos_eq (bpow _ _)) by apply bpow_ge_0.
    apply Rmult_lt_reg_r with (bpow radix2 e); [apply bpow_gt_0|].
    rewrite Rmult_assoc, <- bpow_plus, Z.add_opp_diag_l, Rmult_1_r. lra.
  - rewrite Rmult_plus_distr_r, Rmult_assoc, <- bpow_plus, Z.add_opp_diag_r. simpl. ring.
Qed.
Theorem b32_absorbs t : Rabs t < 512 -> rnd32 (10000000000 + t) = 10000000000.
Proof.
  intro H. apply Rabs_def2 in H as H'. replace 10000000000 with (IZR 9765625 * bpow radix2 10) by (simpl; lra).
  apply absorb; [lia| |simpl; lra].
  replace (IZR 9765625 * bpow radix2 10 + t) with (10000000000 + t) by (simpl; lra).
  rewrite (mag_unique_pos radix2 _ 34); [reflexivity|]. simpl. lra.
Qed.
(** binary64: the fused form has absolute error at most 2^-20 for |t| <= 10^9 *)
Theorem b64_fused_error t : Rabs t <= 1000000000 ->
  Rabs (rnd64 (10000000000 + t) - (10000000000 + t)) <= bpow radix2 (-20).
Proof.
  intro H. apply Rabs_le_inv in H. unfold rnd64.
  eapply Rle_trans; [apply error_le_half_ulp; typeclasses eauto|].
  rewrite ulp_neq_0 by lra. unfold cexp.
  assert (M : (mag radix2 (10000000000 + t) <= 34)%Z).
  { apply mag_le_bpow; [lra|]. rewrite Rabs_pos_eq by lra. simpl. lra. }
  assert (bpow radix2 (FLT_exp (-1074) 53 (mag radix2 (10000000000 + t))) <= bpow radix2 (-19)).
  { apply bpow_le. unfold FLT_exp. lia. }
  change (-20)%Z with (-1 + -19)%Z. rewrite bpow_plus. simpl (bpow radix2 (-1)). lra.
Qed.
Theorem b32_fused_loses t : Rabs t < 512 ->
  direct_fused (-149) 24 10000000000 1 t 0 = 0.
Proof.
  intro H. assert (H' : Rabs (-t) < 512) by (rewrite Rabs_Ropp; exact H).
  assert (A := b32_absorbs _ H). assert (B := b32_absorbs _ H').
  assert (L := b32_absorbs 0). rewrite Rplus_0_r in L.
  specialize (L ltac:(rewrite Rabs_R0; lra)). unfold rnd32 in *.
  assert (Z0 : round radix2 (FLT_exp (-149) 24) ZnearestE 0 = 0) by (apply round_0; typeclasses eauto).
  assert (N : forall x, x <= 0 -> relu (round radix2 (FLT_exp (-149) 24) ZnearestE x) = 0).
  { intros x X. apply relu_nonpos. apply rnd_nonpos; [reflexivity|assumption]. }
  unfold direct_fused. rewrite !Rmult_1_r, Rplus_0_r, Rminus_0_r.
  change (10000000000 + - t) with (10000000000 - t) in B.
  rewrite L, A, B. replace (10000000000 - 10000000000) with 0 by ring.
  rewrite (N 0) by lra. rewrite N; [|apply rnd_nonpos; [reflexivity|lra]].
  replace (0+0) with 0 by ring. rewrite Z0. replace (0-0) with 0 by ring. rewrite Z0.
  replace (0-0) with 0 by ring. exact Z0.
Qed.
