(** As Statements.v, for what is proved with the mathematical components library. *)
From mathcomp Require Import all_ssreflect all_algebra.
From LSRL Require Import LinearAttention GradientDescent.
Set Printing Width 100.

(** * Programs *)
Check attention_correct. Print Assumptions attention_correct.
Check gradient_expansion. Print Assumptions gradient_expansion.
Check gradient_descent_correct. Print Assumptions gradient_descent_correct.
Check program_correct. Print Assumptions program_correct.
Check query_correct. Print Assumptions query_correct.
