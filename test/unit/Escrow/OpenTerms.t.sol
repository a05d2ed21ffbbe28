// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {Rules} from "../../../contracts/types/Rules.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {RulesBuilder} from "../../support/RulesBuilder.sol";
import {vm} from "../../support/Vm.sol";

/// @notice Terms that no deal may have, and money that is not what the terms say.
contract Escrow_open_Terms is Base {
    using RulesBuilder for Rules;

    function test_RevertWhen_NeitherPartyIsNamed() public {
        Terms memory terms = _terms(ETH);
        terms.seller = address(0);
        _refused(terms, abi.encodeWithSelector(IEscrowErrors.NoMaker.selector));
    }

    function test_RevertWhen_SellerBuysFromHerself() public {
        Terms memory terms = _terms(ETH);
        terms.seller = buyer;
        _refused(terms, abi.encodeWithSelector(IEscrowErrors.SameParty.selector, buyer));
    }

    function test_RevertWhen_NoArbiter() public {
        Terms memory terms = _terms(ETH);
        terms.arbiter = address(0);
        _refused(terms, abi.encodeWithSelector(IEscrowErrors.NoArbiter.selector));
    }

    function test_RevertWhen_ArbiterIsSeller() public {
        Terms memory terms = _terms(ETH);
        terms.arbiter = seller;
        _refused(terms, abi.encodeWithSelector(IEscrowErrors.ArbiterIsParty.selector, seller));
    }

    function test_RevertWhen_ArbiterIsBuyer() public {
        Terms memory terms = _terms(ETH);
        terms.arbiter = buyer;
        _refused(terms, abi.encodeWithSelector(IEscrowErrors.ArbiterIsParty.selector, buyer));
    }

    function test_RevertWhen_FeeWithoutOperator() public {
        Terms memory terms = _terms(ETH);
        terms.operator = address(0);
        _refused(terms, abi.encodeWithSelector(IEscrowErrors.NoOperator.selector, OPERATOR_BPS));
    }

    function test_WhenNoOperatorAndNoFee() public {
        Terms memory terms = _terms(ETH);
        terms.operator = address(0);
        terms.rules = terms.rules.withOperatorFee(0);
        _open(terms);
        Holdings memory before = _holdings(ETH);
        vm.prank(buyer);
        escrow.release(terms);
        _assertGains(ETH, before, 0, ETH_PRICE, 0, 0);
        vm.assertEq(escrow.creditOf(ETH, address(0)), 0, "nobody's credit");
    }

    function test_RevertWhen_AnyShareIsMoreThanTheWhole() public {
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.FeeTooHigh.selector, 10_001, 10_000);
        Terms memory terms = _terms(ETH);
        terms.rules = terms.rules.withOperatorFee(10_001);
        _refused(terms, refusal);
        terms = _terms(ETH);
        terms.rules = terms.rules.withArbiterFee(10_001);
        _refused(terms, refusal);
        terms = _terms(ETH);
        terms.rules = terms.rules.withSilentAward(10_001);
        _refused(terms, refusal);
        terms = _terms(ETH);
        terms.rules = terms.rules.withDeposit(10_001);
        _refused(terms, refusal);
    }

    function test_RevertWhen_BitsWithoutMeaningAreSet() public {
        for (uint256 bit = 224; bit < 256; bit += 31) {
            Terms memory terms = _terms(ETH);
            terms.rules = Rules.wrap(Rules.unwrap(terms.rules) | (1 << bit));
            _refused(terms, abi.encodeWithSelector(IEscrowErrors.UnknownRules.selector, terms.rules));
        }
    }

    function test_WhenSharesAreTheWhole() public {
        Terms memory terms = _terms(ETH);
        terms.rules = terms.rules.withOperatorFee(10_000).withArbiterFee(10_000).withSilentAward(10_000).withDeposit(10_000);
        _open(terms);
        Holdings memory before = _holdings(ETH);
        vm.prank(buyer);
        escrow.release(terms);
        _assertGains(ETH, before, 0, 0, 0, 0);
        _collect(terms);
        _assertGains(ETH, before, 0, 0, 0, ETH_PRICE);
    }

    function test_RevertWhen_AnyWindowIsZero() public {
        for (uint256 which = 0; which < 4; ++which) {
            _refused(_withWindow(which, 0), abi.encodeWithSelector(IEscrowErrors.WindowOutOfRange.selector, 0, 365 days));
        }
    }

    function test_RevertWhen_AnyWindowIsOverAYear() public {
        for (uint256 which = 0; which < 4; ++which) {
            _refused(
                _withWindow(which, 365 days + 1),
                abi.encodeWithSelector(IEscrowErrors.WindowOutOfRange.selector, 365 days + 1, 365 days)
            );
        }
    }

    function test_WhenWindowsAreOneSecondAndAYear() public {
        Terms memory terms = _withWindow(0, 1);
        terms.rules = terms.rules.withRuling(365 days);
        _open(terms);
        vm.assertEq(_deadlineOf(terms), START + 1, "deadline");
    }

    function test_RevertWhen_PriceIsZero() public {
        Terms memory terms = _terms(ETH);
        terms.price = 0;
        _refused(terms, abi.encodeWithSelector(IEscrowErrors.PriceOutOfRange.selector, 0, type(uint128).max));
    }

    function test_RevertWhen_PriceIsOverTheMost() public {
        Terms memory terms = _terms(address(usd));
        terms.price = uint256(type(uint128).max) + 1;
        _refused(terms, abi.encodeWithSelector(IEscrowErrors.PriceOutOfRange.selector, terms.price, type(uint128).max));
    }

    function test_WhenPriceIsTheMost() public {
        Terms memory terms = _terms(address(usd));
        terms.price = type(uint128).max;
        usd.mint(buyer, terms.price);
        _open(terms);
        Holdings memory before = _holdings(address(usd));
        vm.prank(buyer);
        escrow.release(terms);
        _collect(terms);
        uint256 fee = uint256(type(uint128).max) * OPERATOR_BPS / 10_000;
        _assertGains(address(usd), before, 0, type(uint128).max - fee, 0, fee);
    }

    function test_RevertWhen_TooLittleEth() public {
        _refusedValue(_terms(ETH), ETH_PRICE - 1, ETH_PRICE);
    }

    function test_RevertWhen_TooMuchEth() public {
        _refusedValue(_terms(ETH), ETH_PRICE + 1, ETH_PRICE);
    }

    function test_RevertWhen_EthSentWithToken() public {
        vm.prank(buyer);
        usd.approve(address(escrow), USD_PRICE);
        _refusedValue(_terms(address(usd)), 1, 0);
    }

    function test_RevertWhen_TokenHasNoCode() public {
        _refused(_terms(operator), abi.encodeWithSelector(IEscrowErrors.NotAToken.selector, operator));
    }

    function test_RevertWhen_AllowanceIsShort() public {
        vm.prank(buyer);
        usd.approve(address(escrow), USD_PRICE - 1);
        bytes memory refusal = abi.encodeWithSignature(
            "ERC20InsufficientAllowance(address,uint256,uint256)", address(escrow), USD_PRICE - 1, USD_PRICE
        );
        _refused(_terms(address(usd)), refusal);
    }

    function _withWindow(uint256 which, uint32 window) private view returns (Terms memory terms) {
        terms = _terms(ETH);
        if (which == 0) terms.rules = terms.rules.withShip(window);
        else if (which == 1) terms.rules = terms.rules.withDelivery(window);
        else if (which == 2) terms.rules = terms.rules.withInspection(window);
        else terms.rules = terms.rules.withRuling(window);
    }

    function _refusedValue(Terms memory terms, uint256 sent, uint256 expected) private {
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongValue.selector, sent, expected));
        vm.prank(buyer);
        escrow.open{value: sent}(offer, 0, signature);
    }

    function _refused(Terms memory terms, bytes memory refusal) private {
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        vm.expectRevert(refusal);
        vm.prank(buyer);
        escrow.open{value: terms.token == ETH && terms.price < 2 ether ? terms.price : 0}(offer, 0, signature);
    }
}
