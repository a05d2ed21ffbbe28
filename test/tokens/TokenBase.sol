// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {BareToken} from "../../contracts/mocks/tokens/BareToken.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Base} from "../support/Base.sol";
import {vm} from "../support/Vm.sol";

/// @notice Deals in a token of the zoo, with two bystanders open at the same time.
abstract contract TokenBase is Base {
    uint256 internal constant PRICE = USD_PRICE;
    uint256 internal constant NET = 97.5e6;
    uint256 internal constant FEE = 2.5e6;

    /// @dev Around a test: a deal in another token and one in ETH are open all the while, and are paid in full at the end.
    modifier harmsNobody() {
        Terms memory inUsd = _bystander(address(usd));
        Terms memory inEth = _bystander(ETH);
        _;
        _bystanderIsPaid(inUsd);
        _bystanderIsPaid(inEth);
    }

    function _bystander(address token) private returns (Terms memory terms) {
        terms = _terms(token);
        (terms.seller, terms.arbiter, terms.operator, terms.salt) = (seller, arbiter, operator, 1_000);
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        if (token != ETH) {
            vm.prank(buyer);
            usd.approve(address(escrow), terms.price);
        }
        vm.prank(buyer);
        escrow.open{value: token == ETH ? terms.price : 0}(offer, 0, signature);
    }

    /// @dev Released, and the operator's fee collected.
    function _bystanderIsPaid(Terms memory terms) private {
        _assertState(terms, DealState.Funded);
        Holdings memory before = _holdings(terms.token);
        vm.prank(buyer);
        escrow.release(terms);
        _collect(terms);
        uint256 fee = terms.price * OPERATOR_BPS / 10_000;
        Holdings memory now_ = _holdings(terms.token);
        vm.assertEq(now_.seller - before.seller, terms.price - fee, "bystander's seller is paid");
        vm.assertEq(now_.operator - before.operator, fee, "bystander's operator is paid");
        vm.assertEq(before.escrow - now_.escrow, terms.price, "bystander's price left the escrow");
    }

    /// @dev Gives the buyer the price and its allowance, and makes the terms and a signed offer.
    function _prepare(BareToken token) internal returns (Terms memory terms, Offer memory offer, bytes memory sig) {
        token.mint(buyer, PRICE);
        vm.prank(buyer);
        token.approve(address(escrow), PRICE);
        (terms, offer, sig) = _offered(address(token));
    }

    function _offered(address token) internal view returns (Terms memory terms, Offer memory offer, bytes memory sig) {
        terms = _terms(token);
        offer = _offerOf(terms);
        sig = _signOffer(offer);
    }

    function _begin(BareToken token) internal returns (Terms memory terms) {
        (Terms memory t, Offer memory offer, bytes memory signature) = _prepare(token);
        vm.prank(buyer);
        escrow.open(offer, 0, signature);
        return t;
    }

    /// @dev The refusal leaves no deal behind and the buyer's money where it was.
    function _beginRefused(BareToken token, bytes memory refusal) internal {
        (Terms memory terms, Offer memory offer, bytes memory signature) = _prepare(token);
        vm.expectRevert(refusal);
        vm.prank(buyer);
        escrow.open(offer, 0, signature);
        _assertState(terms, DealState.None);
    }

    /// @dev The buyer releases; seller and, once fees are collected, operator have their money to the last unit.
    function _releasesInFull(Terms memory terms) internal {
        Holdings memory before = _holdings(terms.token);
        vm.prank(buyer);
        escrow.release(terms);
        _collect(terms);
        uint256 fee = terms.price * OPERATOR_BPS / 10_000;
        _assertGains(terms.token, before, 0, terms.price - fee, 0, fee);
        _assertState(terms, DealState.Completed);
    }

    function _dispute(Terms memory terms) internal {
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
    }

    function _withdraws(address token, address who, uint256 amount) internal {
        uint256 had = _balance(token, who);
        vm.prank(who);
        escrow.withdraw(token, who);
        vm.assertEq(_balance(token, who) - had, amount, "withdrawn");
        vm.assertEq(escrow.creditOf(token, who), 0, "credit left");
    }
}
