(** * The Elman network with ReLU, as a program

       h <- ReLU(W [x; h] + b)

    Source: arXiv 2406.01424, appendix C. The rows of W are over x, then h. *)
From Coq Require Import List QArith.
Import ListNotations.
From LSRL Require Import Language WellFormed Vectors Dimensions.

Definition rnn_program (W : list (srow * Q)) (h0 : list Q) : prog := {|
  nodes := [ OInput; OPrev 4; OConcat [0; 1]; OLin W 2; ORelu 3 ]%nat;
  inits := [ []; []; []; []; h0 ]; out := 4 |}.

(** For tokens of n elements, all columns exist: nothing is read by default. *)
Theorem rnn_program_wf n k W h0 : length W = k -> length h0 = k -> columns (n + k) W ->
  wf n (rnn_program W h0) = true.
Proof. intros LW Lh C. unfold rnn_program. fit [n; k; n + k; k; k]%nat. Qed.

Section RNN.
Variable F : oring.
Variable W : list (srow * Q).
Fixpoint rnn (h : list F) (xs : list (list F)) : list (list F) :=
  match xs with
  | [] => []
  | x :: r => let h' := vrelu F (linv F W (x ++ h)) in h' :: rnn h' r
  end.
Theorem rnn_program_correct h0 xs : sem F (rnn_program W h0) xs = rnn (constant F h0) xs.
Proof.
  unfold sem. assert (I : nth 4 (init F (rnn_program W h0)) [] = constant F h0) by reflexivity.
  revert I. generalize (init F (rnn_program W h0)) as prev, (constant F h0) as h.
  induction xs as [|x xs IH]; intros prev h I; [reflexivity|].
  cbn [run rnn rnn_program nodes out exec eval_op app nth map concat length].
  rewrite I, app_nil_r. f_equal. apply IH. reflexivity.
Qed.
End RNN.
