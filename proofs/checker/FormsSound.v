(** * What the checker computes with affine forms is true

    For every valuation [rho] of the atoms that agrees with their definitions ([Hget]), gives 1 to the
    atom 1 ([Hone]), and keeps within the bounds in the table ([Hbnd]): sums, multiples, ReLU, products
    and whole steps on forms have the value of the same operation on values ([sexec_ok]), and [low] is
    a lower bound ([low_ok]), whatever the moves are. Over every ordered ring. *)
From Coq Require Import List QArith Qabs PArith Bool Lia Lqa Ring Arith.
Import ListNotations.
From LSRL Require Import Language WellFormed Pieces Forms.

Section Sound.
Variable F : oring.
Local Notation nn_sub := (Pieces.nn_sub F).
Notation "0" := (k0 F). Notation "1" := (k1 F).
Infix "+" := (kadd F). Infix "*" := (kmul F). Infix "-" := (ksub F).
Add Ring KR2 : (k_ring F).
Variable rho : positive -> F.

Fixpoint evf (f : form) : F :=
  match f with [] => 0 | (i,q)::r => inj F q * rho i + evf r end.

Lemma qeqb_inj p q : Qeq_bool p q = true -> inj F p = inj F q.
Proof. intro H. apply inj_eq, Qeq_bool_eq, H. Qed.

(** ** Sums, multiples, equality *)
Lemma evf_add f : forall g, evf (fadd f g) = evf f + evf g.
Proof.
  induction f as [|[i a] f IH]; intro g.
  - destruct g; simpl; ring.
  - induction g as [|[j b] g IHg].
    + simpl. ring.
    + change (fadd ((i,a)::f) ((j,b)::g)) with
       (match Pos.compare i j with
        | Lt => (i,a) :: fadd f ((j,b)::g)
        | Gt => (j,b) :: fadd ((i,a)::f) g
        | Eq => let c := Qred (a+b) in
               if Qeq_bool c 0 then fadd f g else (i,c) :: fadd f g end).
      destruct (Pos.compare_spec i j).
      * subst j. cbv zeta. destruct (Qeq_bool (Qred (a+b)) 0) eqn:E.
        -- rewrite IH. apply qeqb_inj in E. rewrite inj_red, inj_add, inj_0 in E.
           simpl. transitivity ((inj F a + inj F b) * rho i + (evf f + evf g)); [rewrite E|]; ring.
        -- simpl. rewrite IH, inj_red, inj_add. ring.
      * simpl. rewrite IH. simpl. ring.
      * simpl evf in *. rewrite IHg. ring.
Qed.
Lemma evf_scale c f : evf (fscale c f) = inj F c * evf f.
Proof.
  unfold fscale. destruct (Qeq_bool c 0) eqn:E.
  - apply qeqb_inj in E. rewrite E, inj_0. simpl. ring.
  - destruct (Qeq_bool c 1) eqn:E1.
    + apply qeqb_inj in E1. rewrite E1, inj_1. ring.
    + destruct (Qeq_bool c (-1)) eqn:E2; [apply qeqb_inj in E2; rewrite E2|];
        clear; induction f as [|[i q] f IH]; simpl; try ring; rewrite IH.
      * rewrite inj_opp. change (-1)%Q with (Qopp 1%Q). rewrite inj_opp, inj_1. ring.
      * rewrite inj_red, inj_mul. ring.
Qed.
Lemma feqb_ok f g : feqb f g = true -> evf f = evf g.
Proof.
  unfold feqb. intro H.
  assert (Z : evf (fadd f (fscale (-1) g)) = 0).
  { revert H. generalize (fadd f (fscale (-1) g)). clear.
    induction f as [|[i q] f IH]; simpl; intro H; [reflexivity|].
    apply andb_true_iff in H as [H1 H2]. rewrite (IH H2).
    apply qeqb_inj in H1. rewrite H1, inj_0. ring. }
  rewrite evf_add, evf_scale in Z.
  change (-1)%Q with (Qopp 1%Q) in Z. rewrite inj_opp, inj_1 in Z.
  replace (evf f) with ((evf f + kopp F 1 * evf g) + evf g) by ring.
  rewrite Z. ring.
Qed.

Variable get : positive -> option def.
Variable bnd : positive -> bounds.
Variable fnd : def -> option positive.
Variable wit : form -> list (list move).
Variables (x : list F) (pS pT : list (list F)).
Definition evd (d : def) : F :=
  match d with
  | DOne => 1
  | DIn j => nth j x 0
  | DSt k j => nth j (nth k pS []) 0
  | DTg k j => nth j (nth k pT []) 0
  | DRelu f => krelu F (evf f)
  | DMul f g => evf f * evf g
  | DSum f => evf f
  end.
Hypothesis Hget : forall i d, get i = Some d -> rho i = evd d.
Hypothesis Hone : rho 1%positive = 1.
Hypothesis Hbnd : forall i, within F (bnd i) (rho i).

(** ** Constants and atoms *)
Lemma evf_const b : evf (fconst b) = inj F b.
Proof.
  unfold fconst. destruct (Qeq_bool b 0) eqn:E; simpl.
  - apply qeqb_inj in E. rewrite E, inj_0. reflexivity.
  - rewrite Hone. ring.
Qed.
Lemma atom_ok d f : atom get fnd d = Some f -> evf f = evd d.
Proof.
  unfold atom. destruct (fnd d) as [id|]; [|discriminate].
  destruct d as [|j|k j|k j| | |]; try discriminate;
    destruct (get id) as [[|j'|k' j'|k' j'| | |]|] eqn:G; try discriminate.
  - destruct (Nat.eqb_spec j j'); [|discriminate]. intros [= <-]. simpl.
    rewrite (Hget _ _ G), inj_1. subst. simpl. ring.
  - destruct (Nat.eqb_spec k k'), (Nat.eqb_spec j j'); try discriminate. intros [= <-]. simpl.
    rewrite (Hget _ _ G), inj_1. subst. simpl. ring.
  - destruct (Nat.eqb_spec k k'), (Nat.eqb_spec j j'); try discriminate. intros [= <-]. simpl.
    rewrite (Hget _ _ G), inj_1. subst. simpl. ring.
Qed.
(** ** Products *)
Lemma isconst_ok f c : isconst get f = Some c -> evf f = inj F c.
Proof.
  destruct f as [|[i q] [|]]; simpl; intro H; try discriminate.
  - injection H as <-. rewrite inj_0. reflexivity.
  - destruct (get i) as [d|] eqn:G; [|discriminate]. destruct d; try discriminate.
    injection H as <-. rewrite (Hget _ _ G). simpl. ring.
Qed.
Lemma smul1_ok f g h : smul1 get fnd f g = Some h -> evf h = evf f * evf g.
Proof.
  unfold smul1. destruct (fnd _) as [id|]; [|discriminate].
  destruct (get id) as [d|] eqn:G; [|discriminate]. destruct d as [| | | | |f' g'|]; try discriminate.
  destruct (feqb (fscale (lead f) f') f) eqn:E1; [|discriminate].
  destruct (feqb (fscale (lead g) g') g) eqn:E2; [|discriminate].
  intros [= <-]. apply feqb_ok in E1. apply feqb_ok in E2. rewrite evf_scale in *.
  rewrite <- E1, <- E2. simpl. rewrite inj_red, inj_mul, (Hget _ _ G). simpl. ring.
Qed.
Lemma smul0_ok f g h : smul0 get fnd f g = Some h -> evf h = evf f * evf g.
Proof.
  unfold smul0. destruct (isconst get f) eqn:C1.
  { intros [= <-]. rewrite evf_scale, (isconst_ok _ _ C1). reflexivity. }
  destruct (isconst get g) eqn:C2.
  { intros [= <-]. rewrite evf_scale, (isconst_ok _ _ C2). ring. }
  destruct (Pos.leb _ _); intro S1; rewrite (smul1_ok _ _ _ S1); ring.
Qed.
Lemma mulrow_ok p g : forall h, mulrow get fnd p g = Some h -> evf h = evf [p] * evf g.
Proof.
  induction g as [|q g IH]; cbn [mulrow]; intros h H.
  - injection H as <-. simpl evf at 1 3. ring.
  - destruct (smul0 _ _ _ _) as [a|] eqn:A; [|discriminate]. destruct (mulrow _ _ p g) as [t|]; [|discriminate].
    assert (h = fadd a t) as -> by congruence. rewrite evf_add, (smul0_ok _ _ _ A), (IH _ eq_refl).
    destruct q as [j b]. simpl. ring.
Qed.
Lemma mulall_ok f g : forall h, mulall get fnd f g = Some h -> evf h = evf f * evf g.
Proof.
  induction f as [|p f IH]; cbn [mulall]; intros h H.
  - injection H as <-. simpl. ring.
  - destruct (mulrow _ _ _ _) as [a|] eqn:A; [|discriminate]. destruct (mulall _ _ f g) as [t|]; [|discriminate].
    assert (h = fadd a t) as -> by congruence. rewrite evf_add, (mulrow_ok _ _ _ A), (IH _ eq_refl).
    destruct p as [j b]. simpl. ring.
Qed.

Lemma parts_ok f : forall l r, parts get f = (l, r) -> evf f = evf l + evf r.
Proof.
  induction f as [|[i c] f IH]; cbn [parts]; intros l r H.
  - injection H as <- <-. simpl. ring.
  - destruct (parts get f) as [u v]. specialize (IH _ _ eq_refl).
    assert (A : ((i, c) :: u, v) = (l, r) -> evf ((i, c) :: f) = evf l + evf r)
      by (intros [= <- <-]; simpl; rewrite IH; ring).
    assert (B : (u, (i, c) :: v) = (l, r) -> evf ((i, c) :: f) = evf l + evf r)
      by (intros [= <- <-]; simpl; rewrite IH; ring).
    destruct (get i) as [[| | | | | |]|]; auto.
Qed.
Lemma smul_ok f g h : smul get fnd f g = Some h -> evf h = evf f * evf g.
Proof.
  unfold smul. destruct (Nat.leb _ _); [apply mulall_ok|].
  destruct (parts get f) as [l f'] eqn:P, (parts get g) as [m g'] eqn:R.
  apply parts_ok in P, R. destruct (Nat.leb _ _); [|apply smul0_ok].
  destruct (mulall get fnd l g) as [a|] eqn:A; [|discriminate].
  destruct (mulall get fnd f' m) as [b|] eqn:B; [|discriminate].
  destruct (smul0 get fnd f' g') as [e|] eqn:E; [|discriminate]. intros [= <-].
  rewrite !evf_add, (mulall_ok _ _ _ A), (mulall_ok _ _ _ B), (smul0_ok _ _ _ E), P, R. ring.
Qed.

(** ** Bounds of forms *)
Lemma evf_neg f : evf (fscale (-1) f) = kopp F (evf f).
Proof. rewrite evf_scale. change (-1)%Q with (Qopp 1%Q). rewrite inj_opp, inj_1. ring. Qed.
(** what [a] and [b] being non-negative says of their sum *)
Ltac by_sum a b := apply (nn_eq _ _ (nn_add F _ _ a b)); ring.

Lemma termwise_ok f : forall acc l, termwise bnd acc f = Some l ->
  knn F (inj F acc + evf f - inj F l).
Proof.
  induction f as [|[i c] f IH]; intros acc l H; cbn [termwise] in H.
  - injection H as <-. simpl. apply (nn_eq (inj F 0)); [apply nn_inj, Qle_refl|rewrite inj_0; ring].
  - destruct (Hbnd i) as [HL HU]. destruct (Qle_bool c 0) eqn:C.
    + destruct (snd (bnd i)) as [b|]; [|discriminate]. specialize (HU b eq_refl).
      apply IH in H. rewrite inj_red, inj_add, inj_mul in H.
      apply Qle_bool_iff in C. assert (N : knn F (inj F (- c))) by (apply nn_inj; lra).
      rewrite inj_opp in N. pose proof (nn_mul F _ _ N HU) as P. simpl. by_sum H P.
    + destruct (fst (bnd i)) as [b|]; [|discriminate]. specialize (HL b eq_refl).
      apply IH in H. rewrite inj_red, inj_add, inj_mul in H.
      assert (N : knn F (inj F c)).
      { apply nn_inj. destruct (Qlt_le_dec c 0) as [L|L]; [|exact L].
        apply Qlt_le_weak, Qle_bool_iff in L. congruence. }
      pose proof (nn_mul F _ _ N HL) as P. simpl. by_sum H P.
Qed.
Lemma flip_ok r f t f' : flip get bnd r f = Some (t, f') -> knn F (evf f - evf f' - inj F t).
Proof.
  unfold flip. destruct (get r) as [[| | | |g| |]|] eqn:G; try discriminate. cbv zeta.
  set (c := coefficient r f) in *.
  assert (E : evf f - evf (fadd (fadd f [(r, Qopp c)]) (fscale c g)) = inj F c * krelu F (kopp F (evf g))).
  { rewrite !evf_add, evf_scale. simpl. rewrite (Hget _ _ G), inj_opp, relu_opp. simpl. ring. }
  destruct (Qle_bool c 0) eqn:C.
  - destruct (termwise bnd 0 g) as [b|] eqn:T; [|discriminate]. intros [= <- <-].
    rewrite E, inj_red, inj_mul. apply termwise_ok in T. rewrite inj_0 in T.
    apply Qle_bool_iff in C. assert (N : knn F (inj F (- c))) by (apply nn_inj; lra). rewrite inj_opp in N.
    pose proof (larger_l 0 (- b)) as M. pose proof (nn_sub _ _ (larger_r 0 (- b))) as M'.
    rewrite inj_opp in M'. apply (nn_inj F) in M.
    assert (R : knn F (inj F (larger 0 (- b)) - krelu F (kopp F (evf g)))).
    { apply relu_le; [by_sum T M'|exact M]. }
    apply (nn_eq _ _ (nn_mul F _ _ N R)). ring.
  - intros [= <- <-]. rewrite E, inj_0.
    assert (N : knn F (inj F c)).
    { apply nn_inj. destruct (Qlt_le_dec c 0) as [L|L]; [|exact L].
      apply Qlt_le_weak, Qle_bool_iff in L. congruence. }
    apply (nn_eq _ _ (nn_mul F _ _ N (relu_nn F (kopp F (evf g))))). ring.
Qed.
Lemma at_least_0_ok l : at_least_0 l = true -> exists q, l = Some q /\ knn F (inj F q).
Proof. destruct l as [q|]; [|discriminate]. intro H. apply Qle_bool_iff, (nn_inj F) in H. eauto. Qed.
Lemma expanded_ok i p : expanded get fnd i = Some p -> evf p = rho i.
Proof.
  unfold expanded. destruct (get i) as [[| | | | |g h|g]|] eqn:G; try discriminate; rewrite (Hget _ _ G).
  - apply smul_ok.
  - now intros [= <-].
Qed.
(** A multiple of an entry is at least its multiple of the bound. *)
Lemma share_ok i s b : (if Qle_bool s 0 then snd (bnd i) else fst (bnd i)) = Some b ->
  knn F (inj F s * rho i - inj F s * inj F b).
Proof.
  destruct (Hbnd i) as [HL HU]. destruct (Qle_bool s 0) eqn:C; intro B.
  - specialize (HU b B). apply Qle_bool_iff in C. assert (N : knn F (inj F (- s))) by (apply nn_inj; lra).
    rewrite inj_opp in N. apply (nn_eq _ _ (nn_mul F _ _ N HU)). ring.
  - specialize (HL b B). assert (N : knn F (inj F s)).
    { apply nn_inj. destruct (Qlt_le_dec s 0) as [L|L]; [|exact L].
      apply Qlt_le_weak, Qle_bool_iff in L. congruence. }
    apply (nn_eq _ _ (nn_mul F _ _ N HL)). ring.
Qed.
Lemma single_ok f i : single f = Some i -> evf f = rho i.
Proof.
  destruct f as [|[j c] [|]]; simpl; try discriminate. destruct (Qeq_bool c 1) eqn:E; [|discriminate].
  intros [= <-]. apply qeqb_inj in E. rewrite E, inj_1. ring.
Qed.
Lemma factors_ok i p q : factors get i = Some (p, q) -> rho i = rho p * rho q.
Proof.
  unfold factors. destruct (get i) as [[| | | | |g h|]|] eqn:G; try discriminate.
  destruct (single g) as [a|] eqn:A; [|discriminate]. destruct (single h) as [b|] eqn:B; [|discriminate].
  intros [= <- <-]. rewrite (Hget _ _ G). simpl. rewrite (single_ok _ _ A), (single_ok _ _ B). reflexivity.
Qed.
Lemma same_ok i j : same i j = true -> i = j.
Proof. unfold same. destruct (Pos.compare_spec i j); [auto|discriminate|discriminate]. Qed.
Lemma cofactor_ok a i b : cofactor get a i = Some b -> rho i = rho a * rho b.
Proof.
  unfold cofactor. destruct (same a i) eqn:A.
  - apply same_ok in A as ->. intros [= <-]. rewrite Hone. ring.
  - destruct (factors get i) as [[p q]|] eqn:E; [|discriminate]. rewrite (factors_ok _ _ _ E).
    destruct (same p a) eqn:P; [apply same_ok in P as ->; now intros [= <-]|].
    destruct (same q a) eqn:O; [|discriminate]. apply same_ok in O as ->. intros [= <-]. ring.
Qed.
Lemma split_ok a f : forall cof rest, split get a f = (cof, rest) ->
  evf f = rho a * evf cof + evf rest.
Proof.
  induction f as [|[i c] f IH]; cbn [split]; intros cof rest H.
  - injection H as <- <-. simpl. ring.
  - destruct (split get a f) as [u v]. specialize (IH _ _ eq_refl).
    destruct (cofactor get a i) as [b|] eqn:B.
    + assert (cof = fadd [(b, c)] u) as -> by congruence. assert (rest = v) as -> by congruence.
      rewrite evf_add. simpl. rewrite IH, (cofactor_ok _ _ _ B). ring.
    + injection H as <- <-. simpl. rewrite IH. ring.
Qed.
Lemma parallel_ok f g : forall l rest, parallel get f g = (l, rest) ->
  evf g = at_ F 0 l (evf f) + evf rest.
Proof.
  induction g as [|[i w] r IH]; cbn [parallel]; intros l rest H.
  - injection H as <- <-. simpl. rewrite inj_0. ring.
  - destruct (parallel get f r) as [l' rest']. specialize (IH _ _ eq_refl).
    assert (N : (l', (i, w) :: rest') = (l, rest) -> evf ((i, w) :: r) = at_ F 0 l (evf f) + evf rest).
    { intros [= <- <-]. simpl. rewrite IH. ring. }
    destruct (get i) as [[| | | |h| |]|] eqn:G; auto. revert H. set (a := Qred _). set (b := coefficient 1 h).
    destruct (feqb h _) eqn:E; auto. intros [= <- <-]. apply feqb_ok in E.
    rewrite evf_add, evf_scale, evf_const in E. cbn [evf at_ fst snd]. unfold arg. cbn [fst snd].
    rewrite <- E, (Hget _ _ G), IH. simpl. ring.
Qed.
Lemma at_sum s l t : at_ F s l t = at_ F 0 l t + inj F s * t.
Proof. induction l as [|e l IH]; simpl; [rewrite inj_0|rewrite IH]; ring. Qed.
Lemma regrouped_ok k ms : forall acc f l, regrouped get bnd fnd k ms acc f = Some l ->
  knn F (inj F acc + evf f - inj F l).
Proof.
  induction ms as [|[r|a|i q|i w] ms IH]; intros acc f l H; cbn [regrouped] in H.
  - apply termwise_ok, H.
  - destruct (flip get bnd r f) as [[t f']|] eqn:R; [|discriminate].
    apply IH in H. rewrite inj_red, inj_add in H. apply flip_ok in R. by_sum H R.
  - destruct (split get a f) as [cof rest] eqn:S. apply split_ok in S.
    destruct (fst (bnd a)) as [p|] eqn:A; [|discriminate].
    destruct (termwise bnd 0 cof) as [t|] eqn:T; [|discriminate].
    destruct (Qle_bool 0 p && Qle_bool 0 t) eqn:N; [|discriminate]. apply andb_true_iff in N as [N1 N2].
    apply Qle_bool_iff in N1, N2. apply (nn_inj F) in N1. apply (nn_inj F) in N2.
    apply termwise_ok in T. rewrite inj_0 in T. pose proof (proj1 (Hbnd a) p A) as L.
    apply IH in H. rewrite inj_red, inj_add, inj_mul in H.
    assert (C : knn F (evf cof)) by by_sum T N2.
    pose proof (nn_add F _ _ (nn_mul F _ _ L C) (nn_mul F _ _ N1 T)) as P.
    rewrite S. by_sum H P.
  - cbv zeta in H. set (s := Qred (q * k)) in H.
    destruct (expanded get fnd i) as [p|] eqn:P; [|discriminate]. apply expanded_ok in P.
    destruct (if Qle_bool s 0 then _ else _) as [b|] eqn:B; [|discriminate]. apply share_ok in B.
    apply IH in H. rewrite inj_red, inj_add, inj_mul, evf_add, evf_scale, inj_opp, P in H. by_sum H B.
  - destruct (get i) as [[| | | | | |g]|] eqn:G; try discriminate.
    destruct (parallel get g f) as [ps others] eqn:P. apply parallel_ok in P. cbv zeta in H.
    set (s := if w then _ else _) in H. destruct (least _ _ _ _) as [m|] eqn:L; [|discriminate].
    apply IH in H. rewrite inj_red, inj_add, evf_add, evf_scale, inj_opp in H.
    destruct (Hbnd i) as [B1 B2]. rewrite (Hget _ _ G) in B1, B2. simpl in B1, B2.
    apply (least_ok F _ _ _ _ _ (evf g)) in L; [|exact B1|exact B2]. rewrite at_sum in L.
    rewrite P. by_sum H L.
Qed.
Lemma low_ok f l : low get bnd fnd wit f = Some l -> knn F (evf f - inj F l).
Proof.
  unfold low.
  assert (T : forall l, termwise bnd 0 f = Some l -> knn F (evf f - inj F l)).
  { intros q H. apply termwise_ok in H. rewrite inj_0 in H. apply (nn_eq _ _ H). ring. }
  revert T. generalize (termwise bnd 0 f).
  induction (wit f) as [|ms w IH]; intros b T; cbn [fold_left]; [apply T|].
  apply IH. intros q. destruct (regrouped get bnd fnd (Qabs (lead f)) ms 0 f) as [r|] eqn:R.
  2: { destruct b; cbn [best]; intros [= <-]. now apply T. }
  apply regrouped_ok in R; rewrite inj_0 in R.
  assert (R' : knn F (evf f - inj F r)) by (apply (nn_eq _ _ R); ring).
  destruct b as [p|]; cbn [best]; intros [= <-]; [|exact R'].
  unfold larger. destruct (Qle_bool p r); [exact R'|apply T; reflexivity].
Qed.
Lemma up_ok f u : up get bnd fnd wit f = Some u -> knn F (inj F u - evf f).
Proof.
  unfold up. destruct (low get bnd fnd wit (fscale (-1) f)) as [l|] eqn:L; [|discriminate].
  intros [= <-]. apply low_ok in L. rewrite evf_neg in L. rewrite inj_opp. apply (nn_eq _ _ L). ring.
Qed.
Lemma nonneg_ok f : nonneg get bnd fnd wit f = true -> knn F (evf f).
Proof.
  unfold nonneg. intro N. apply at_least_0_ok in N as (l & L & N). apply low_ok in L. by_sum L N.
Qed.

(** ** Bounds of atoms *)
Lemma nn_signed p y : (p <= 0)%Q -> knn F (kopp F y) -> knn F (inj F p * y).
Proof.
  intros P Y. assert (N : knn F (inj F (- p))) by (apply nn_inj; lra). rewrite inj_opp in N.
  apply (nn_eq _ _ (nn_mul F _ _ N Y)). ring.
Qed.

(** A product of values between a and b, and between c and d, is at least what is below all corners. *)
Lemma product_point a b c d m g h : (b <= a)%Q ->
  knn F (g - inj F a) -> knn F (inj F b - g) -> knn F (h - inj F c) -> knn F (inj F d - h) ->
  (m <= a * c)%Q -> (m <= a * d)%Q -> knn F (g * h - inj F m).
Proof.
  intros B GA GB HC HD MC MD.
  assert (GA' : knn F (kopp F (g - inj F a))).
  { pose proof (nn_sub _ _ B) as S. by_sum S GB. }
  assert (P : knn F (inj F c * (g - inj F a))).
  { destruct (Qlt_le_dec c 0) as [C|C]; [apply nn_signed; [apply Qlt_le_weak, C|exact GA']|].
    apply nn_mul; [apply nn_inj, C|exact GA]. }
  assert (R : knn F (inj F a * h - inj F m)).
  { destruct (Qlt_le_dec a 0) as [A|A].
    - assert (T : knn F (inj F a * (h - inj F d))).
      { apply nn_signed; [apply Qlt_le_weak, A|]. apply (nn_eq _ _ HD). ring. }
      pose proof (nn_sub _ _ MD) as S. rewrite inj_mul in S. by_sum T S.
    - pose proof (nn_mul F _ _ (nn_inj F _ A) HC) as T.
      pose proof (nn_sub _ _ MC) as S. rewrite inj_mul in S. by_sum T S. }
  pose proof (nn_add F _ _ (nn_mul F _ _ GA HC) P) as S. by_sum S R.
Qed.
Lemma product_low a b c d m g h :
  knn F (g - inj F a) -> knn F (inj F b - g) -> knn F (h - inj F c) -> knn F (inj F d - h) ->
  (m <= a * c)%Q -> (m <= a * d)%Q -> (m <= b * c)%Q -> (m <= b * d)%Q -> knn F (g * h - inj F m).
Proof.
  intros GA GB HC HD AC AD BC BD.
  destruct (Qlt_le_dec a b) as [AB|AB]; [|apply (product_point a b c d); assumption].
  destruct (Qlt_le_dec c d) as [CD|CD].
  2: { apply (nn_eq (h * g - inj F m)); [|ring].
       apply (product_point c d a b); try assumption;
         [rewrite Qmult_comm; exact AC|rewrite Qmult_comm; exact BC]. }
  assert (N : (0 < (b - a) * (d - c))%Q) by (apply Qmult_lt_0_compat; lra).
  set (w := (/ ((b - a) * (d - c)))%Q).
  assert (W : inj F w * ((inj F b - inj F a) * (inj F d - inj F c)) = 1).
  { rewrite <- !inj_sub, <- !inj_mul, <- inj_1. apply inj_eq. unfold w. rewrite Qmult_comm.
    apply Qmult_inv_r. intro E. rewrite E in N. apply (Qlt_irrefl _ N). }
  assert (Wn : knn F (inj F w)) by (apply nn_inj, Qinv_le_0_compat, Qlt_le_weak, N).
  apply nn_sub in AC, AD, BC, BD. rewrite inj_mul in AC, AD, BC, BD.
  pose proof (nn_mul F _ _ (nn_mul F _ _ GB HD) AC) as T1.
  pose proof (nn_mul F _ _ (nn_mul F _ _ GB HC) AD) as T2.
  pose proof (nn_mul F _ _ (nn_mul F _ _ GA HD) BC) as T3.
  pose proof (nn_mul F _ _ (nn_mul F _ _ GA HC) BD) as T4.
  pose proof (nn_mul F _ _ Wn (nn_add F _ _ (nn_add F _ _ T1 T2) (nn_add F _ _ T3 T4))) as T.
  apply (nn_eq _ _ T). transitivity (1 * (g * h - inj F m)); [ring|]. rewrite <- W. ring.
Qed.
Lemma product_high a b c d m g h :
  knn F (g - inj F a) -> knn F (inj F b - g) -> knn F (h - inj F c) -> knn F (inj F d - h) ->
  (a * c <= m)%Q -> (a * d <= m)%Q -> (b * c <= m)%Q -> (b * d <= m)%Q -> knn F (inj F m - g * h).
Proof.
  intros GA GB HC HD AC AD BC BD.
  assert (P : knn F (kopp F g * h - inj F (- m))).
  { apply (product_low (- b) (- a) c d); try assumption; try lra;
      rewrite inj_opp; [apply (nn_eq _ _ GB)|apply (nn_eq _ _ GA)]; ring. }
  rewrite inj_opp in P. apply (nn_eq _ _ P). ring.
Qed.

Lemma free_ok v : within F free v.
Proof. split; discriminate. Qed.
Lemma product_bounds_ok gl gu hl hu g h : within F (gl, gu) g -> within F (hl, hu) h ->
  within F (product_bounds gl gu hl hu) (g * h).
Proof.
  intros [G1 G2] [H1 H2]. cbn [fst snd] in *. unfold product_bounds.
  destruct gl as [a|]; [|apply free_ok]. specialize (G1 _ eq_refl).
  assert (L : forall c, knn F (h - inj F c) ->
    within F (if Qle_bool 0 a && Qle_bool 0 c then (Some (Qred (a * c)), None) else free) (g * h)).
  { intros c C. destruct (Qle_bool 0 a) eqn:A0; [|apply free_ok].
    destruct (Qle_bool 0 c) eqn:C0; [|apply free_ok]. apply Qle_bool_iff in A0, C0.
    split; [|discriminate]. intros l [= <-]. rewrite inj_red, inj_mul.
    apply (nn_inj F) in A0. apply (nn_inj F) in C0.
    pose proof (nn_add F _ _ (nn_mul F _ _ G1 C) (nn_mul F _ _ A0 C)) as P.
    pose proof (nn_mul F _ _ C0 G1) as P'. by_sum P P'. }
  destruct hl as [c|]; [|destruct gu; apply free_ok]. specialize (H1 _ eq_refl).
  destruct gu as [b|]; [|apply L, H1]. specialize (G2 _ eq_refl).
  destruct hu as [d|]; [|apply L, H1]. specialize (H2 _ eq_refl).
  cbv zeta. split; cbn [fst snd]; intros l [= <-]; rewrite inj_red.
  - set (p := (a * c)%Q). set (q := (a * d)%Q). set (r := (b * c)%Q). set (s := (b * d)%Q).
    pose proof (smaller_l (smaller p q) (smaller r s)). pose proof (smaller_r (smaller p q) (smaller r s)).
    pose proof (smaller_l p q). pose proof (smaller_r p q).
    pose proof (smaller_l r s). pose proof (smaller_r r s).
    apply (product_low a b c d); try assumption; fold p q r s; lra.
  - set (p := (a * c)%Q). set (q := (a * d)%Q). set (r := (b * c)%Q). set (s := (b * d)%Q).
    pose proof (larger_l (larger p q) (larger r s)). pose proof (larger_r (larger p q) (larger r s)).
    pose proof (larger_l p q). pose proof (larger_r p q).
    pose proof (larger_l r s). pose proof (larger_r r s).
    apply (product_high a b c d); try assumption; fold p q r s; lra.
Qed.
Lemma atleast0_ok l v : (forall q, l = Some q -> knn F (v - inj F q)) -> knn F v ->
  forall q, atleast0 l = Some q -> knn F (v - inj F q).
Proof.
  intros L N q [= <-].
  assert (Z : knn F (v - inj F 0)) by (apply (nn_eq _ _ N); rewrite inj_0; ring).
  destruct l as [p|]; [|exact Z]. unfold larger. destruct (Qle_bool 0 p); [now apply L|exact Z].
Qed.

Variable ins : list bounds.
Variables sbs tbs : list (list bounds).
Hypothesis Hins : forall j, within F (nth j ins free) (nth j x 0).
Hypothesis Hsbs : forall k j, within F (nth j (nth k sbs []) free) (nth j (nth k pS []) 0).
Hypothesis Htbs : forall k j, within F (nth j (nth k tbs []) free) (nth j (nth k pT []) 0).
Lemma bounds_of_ok d : within F (bounds_of get bnd fnd wit ins sbs tbs d) (evd d).
Proof.
  destruct d as [|j|k j|k j|f|g h|f]; cbn [bounds_of evd]; auto.
  - split; cbn [fst snd]; intros q [= <-]; rewrite inj_1;
      (apply (nn_eq (inj F 0)); [apply nn_inj, Qle_refl|rewrite inj_0; ring]).
  - split; cbn [fst snd].
    + apply atleast0_ok; [|apply relu_nn]. intros l L. apply low_ok in L.
      pose proof (relu_nn F (kopp F (evf f))) as R. rewrite relu_opp in R. by_sum L R.
    + destruct (up get bnd fnd wit f) as [u|] eqn:U; [|discriminate]. intros q [= <-].
      apply up_ok in U. pose proof (larger_l 0 u) as N. pose proof (nn_sub _ _ (larger_r 0 u)) as S.
      apply relu_le; [by_sum U S|apply nn_inj, N].
  - assert (P : within F (product_bounds (low get bnd fnd wit g) (up get bnd fnd wit g)
                            (low get bnd fnd wit h) (up get bnd fnd wit h)) (evf g * evf h)).
    { apply product_bounds_ok; split; cbn [fst snd]; intros q E;
        first [apply low_ok, E|apply up_ok, E]. }
    destruct (feqb g h) eqn:E; [|exact P]. destruct P as [P1 P2]. split; [|exact P2].
    cbn [fst]. apply atleast0_ok; [exact P1|]. apply feqb_ok in E. rewrite E. apply nn_square.
  - split; cbn [fst snd]; intros q E; [apply low_ok, E|apply up_ok, E].
Qed.

(** ** ReLU *)
Lemma srelu_ok f h : srelu get bnd fnd wit f = Some h -> evf h = krelu F (evf f).
Proof.
  unfold srelu. cbv zeta. destruct (fnd _) as [id|].
  2: { destruct (nonneg get bnd fnd wit f) eqn:N.
       { intros [= <-]. symmetry. apply relu_id, nonneg_ok, N. }
       destruct (nonneg get bnd fnd wit (fscale (-1) f)) eqn:N2; [|discriminate].
       intros [= <-]. apply nonneg_ok in N2. rewrite evf_neg in N2. simpl.
       replace (evf f) with (kopp F (kopp F (evf f))) by ring.
       rewrite relu_opp, (relu_id _ _ N2). ring. }
  destruct (get id) as [d|] eqn:G; [|discriminate]. destruct d as [| | | |g'| |]; try discriminate.
  set (c := Qabs (lead f)). destruct (Qle_bool 0 c) eqn:C; [|discriminate].
  apply Qle_bool_iff in C. pose proof (nn_inj F _ C) as NC.
  destruct (feqb (fscale c g') f) eqn:E1.
  { intros [= <-]. apply feqb_ok in E1. rewrite <- E1, evf_scale, relu_scale by assumption.
    simpl. rewrite (Hget _ _ G). simpl. ring. }
  destruct (feqb (fscale (-c) g') f) eqn:E2; [|discriminate].
  intro Hh. assert (h = fadd [(id, c)] f) as -> by congruence. clear Hh.
  apply feqb_ok in E2. rewrite evf_scale, inj_opp in E2.
  assert (E3 : evf f = kopp F (inj F c * evf g')) by (rewrite <- E2; ring).
  transitivity (inj F c * krelu F (evf g') + evf f).
  - rewrite evf_add. simpl. rewrite (Hget _ _ G). simpl. ring.
  - rewrite E3, relu_opp, relu_scale by assumption. ring.
Qed.
(** ** Nodes and steps *)
Lemma mapo_ok {A B} (f : A -> option B) (h : A -> F) (ev : B -> F) :
  (forall a b, f a = Some b -> ev b = h a) ->
  forall l m, mapo f l = Some m -> map ev m = map h l.
Proof.
  intros H. induction l as [|a l IH]; simpl; intros m E.
  - injection E as <-. reflexivity.
  - destruct (f a) eqn:Fa; [|discriminate]. destruct (mapo f l); [|discriminate].
    injection E as <-. simpl. f_equal; auto.
Qed.
Lemma map2o_ok l : forall m h, map2o (smul get fnd) l m = Some h ->
  map evf h = map2 (kmul F) (map evf l) (map evf m).
Proof.
  induction l as [|a l IH]; intros [|b m] h; simpl; intro E; try (injection E as <-; reflexivity).
  destruct (smul get fnd a b) eqn:S; [|discriminate].
  destruct (map2o (smul get fnd) l m) eqn:M; [|discriminate].
  injection E as <-. simpl. rewrite (smul_ok _ _ _ S), (IH _ _ M). reflexivity.
Qed.
Lemma nth_ev i v : nth i (map evf v) 0 = evf (nth i v []).
Proof. change 0 with (evf []). apply map_nth. Qed.
Lemma nth_env i env : nth i (map (map evf) env) [] = map evf (nth i env []).
Proof. change (@nil F) with (map evf []). apply map_nth. Qed.
Lemma sdot_ok r v : evf (sdot r v) = dot F r (map evf v).
Proof.
  induction r as [|[i q] r IH]; simpl; [reflexivity|].
  rewrite evf_add, evf_scale, IH, nth_ev. reflexivity.
Qed.
(** The forms of previous values, for the nodes of which there are any. *)
Definition prevok (ks : list nat) (prev : list (list F)) (sprev : list (list form)) : Prop :=
  forall k, In k ks -> nth k prev [] = map evf (nth k sprev []).
Lemma sop_ok ks o sx prev sprev env v : sop get bnd fnd wit o sx sprev env = Some v ->
  prevok ks prev sprev -> incl (remembers (length env) o) ks ->
  map evf v = eval_op F o (map evf sx) prev (map (map evf) env).
Proof.
  destruct o; simpl; intros E Hs I.
  - injection E as <-. reflexivity.
  - injection E as <-. rewrite nth_env. unfold slin, linv. rewrite map_map.
    apply map_ext. intros [r b]. simpl. rewrite evf_add, sdot_ok, evf_const. reflexivity.
  - rewrite nth_env, map_map. eapply mapo_ok; [|exact E]. intros; eapply srelu_ok; eauto.
  - injection E as <-. rewrite map_length, (Hs (length env)) by (apply I; now left).
    rewrite nth_env. unfold sstate, statev. rewrite map_map.
    apply map_ext. intros [[a r] b]. cbn [fst snd]. rewrite !evf_add, !sdot_ok, evf_const. reflexivity.
  - injection E as <-. symmetry. apply Hs, I. now left.
  - injection E as <-. rewrite concat_map, map_map. f_equal. apply map_ext. intro. symmetry. apply nth_env.
  - unfold smultv, multv in *. rewrite nth_env, map_length, firstn_map, skipn_map.
    apply map2o_ok, E.
Qed.
Lemma sexec_ok ks ops sx prev sprev : forall env e,
  sexec get bnd fnd wit ops sx sprev env = Some e -> prevok ks prev sprev ->
  incl (remembered (length env) ops) ks ->
  exec F ops (map evf sx) prev (map (map evf) env) = map (map evf) e.
Proof.
  induction ops as [|o r IH]; intros env e; cbn [sexec exec remembered].
  - intros [= <-] _ _. reflexivity.
  - destruct (sop _ _ _ _ _ _ _ _) as [v|] eqn:S; [|discriminate]. intros E H I.
    apply incl_app_inv in I as [I1 I2]. rewrite <- (sop_ok ks _ _ prev _ _ _ S H I1).
    rewrite <- (IH _ _ E H); [rewrite map_app; reflexivity|].
    rewrite app_length. simpl. rewrite Nat.add_1_r. exact I2.
Qed.
End Sound.
