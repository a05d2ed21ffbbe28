// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {IReputation} from "../../contracts/interfaces/IReputation.sol";
import {TestUSD} from "../../contracts/mocks/TestUSD.sol";
import {DealState, DealStates, only} from "../../contracts/types/DealState.sol";
import {Rules} from "../../contracts/types/Rules.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Actors} from "./Actors.sol";
import {Digests} from "./Digests.sol";
import {Numbers, RulesBuilder} from "./RulesBuilder.sol";
import {vm} from "./Vm.sol";

/// @notice Deploys the contracts and brings a deal, in ETH or in TestUSD, into any state.
abstract contract Builders is Actors {
    using RulesBuilder for Rules;

    address internal constant ETH = address(0);
    address internal constant PERMIT2 = 0x000000000022D473030F116dDEE9F6B43aC78BA3;
    uint256 internal constant START = 1_767_225_600;
    uint256 internal constant ETH_PRICE = 1 ether;
    uint256 internal constant USD_PRICE = 100e6;
    uint16 internal constant OPERATOR_BPS = 250;
    uint16 internal constant ARBITER_BPS = 500;
    uint16 internal constant SILENT_BPS = 5_000;
    uint16 internal constant DEPOSIT_BPS = 2_500;
    uint32 internal constant FUNDING = 2 days;
    uint32 internal constant SHIP = 3 days;
    uint32 internal constant DELIVERY = 14 days;
    uint32 internal constant INSPECTION = 5 days;
    uint32 internal constant RULING = 10 days;
    bytes32 internal constant TRACKING = keccak256("tracking");
    bytes32 internal constant STATEMENT = keccak256("statement");
    bytes32 internal constant REASON = keccak256("reason");

    IEscrow internal escrow;
    IReputation internal reputation;
    TestUSD public usd;

    function setUp() public virtual {
        vm.warp(START);
        escrow = IEscrow(_deploy("Escrow.sol:Escrow", abi.encode(PERMIT2)));
        reputation = escrow.REPUTATION();
        usd = new TestUSD();
        _labelActors();
        vm.deal(buyer, 100 ether);
        usd.mint(buyer, 1_000_000e6);
    }

    /// @dev From the artifact and not with `new`: what is tested is what is deployed, and no test has to be compiled again when
    /// a contract changes.
    function _deploy(string memory artifact, bytes memory arguments) internal returns (address deployed) {
        bytes memory code = bytes.concat(vm.getCode(artifact), arguments);
        assembly ("memory-safe") {
            deployed := create(0, add(code, 0x20), mload(code))
        }
        require(deployed != address(0), artifact);
    }

    /* TERMS AND OFFERS */

    function _terms(address token) internal view virtual returns (Terms memory) {
        return Terms({
            seller: seller,
            buyer: address(0),
            token: token,
            price: token == ETH ? ETH_PRICE : USD_PRICE,
            arbiter: arbiter,
            operator: operator,
            rules: _rules(),
            itemHash: keccak256("a camera"),
            salt: 1
        });
    }

    /// @dev No instalments: `withFunding` allows them, with a deposit of a quarter at least.
    function _rules() internal pure virtual returns (Rules) {
        return RulesBuilder.pack(
            Numbers({
                operatorFeeBps: OPERATOR_BPS,
                arbiterFeeBps: ARBITER_BPS,
                silentAwardBps: SILENT_BPS,
                depositBps: DEPOSIT_BPS,
                fundingSeconds: 0,
                shipSeconds: SHIP,
                deliverySeconds: DELIVERY,
                inspectionSeconds: INSPECTION,
                rulingSeconds: RULING
            })
        );
    }

    function _offerOf(Terms memory terms) internal view returns (Offer memory) {
        return Offer(terms, uint40(block.timestamp + 30 days), escrow.counterOf(terms.seller), 0, 1);
    }

    function _signOffer(Offer memory offer) internal view returns (bytes memory) {
        return _sign(SELLER_KEY, Digests.offer(address(escrow), offer));
    }

    function _idOf(Terms memory terms) internal view returns (bytes32) {
        return Digests.dealId(address(escrow), terms);
    }

    /* DEALS IN A STATE */

    function _funded(address token) internal returns (Terms memory terms) {
        terms = _terms(token);
        _open(terms);
    }

    function _open(Terms memory terms) internal virtual returns (bytes32 id) {
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        if (terms.token != ETH) {
            vm.prank(buyer);
            TestUSD(terms.token).approve(address(escrow), terms.price);
        }
        vm.prank(buyer);
        id = escrow.open{value: terms.token == ETH ? terms.price : 0}(offer, 0, signature);
    }

    /// @dev A quarter paid, the rest due within FUNDING.
    function _partlyFunded(address token) internal returns (Terms memory terms) {
        terms = _terms(token);
        terms.rules = terms.rules.withFunding(FUNDING);
        _openInPart(terms, terms.price / 4);
    }

    function _openInPart(Terms memory terms, uint256 amount) internal returns (bytes32 id) {
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        if (terms.token != ETH) {
            vm.prank(buyer);
            TestUSD(terms.token).approve(address(escrow), terms.price);
        }
        vm.prank(buyer);
        id = escrow.openInPart{value: terms.token == ETH ? amount : 0}(offer, 0, signature, amount);
    }

    function _shipped(address token) internal returns (Terms memory terms) {
        terms = _funded(token);
        vm.prank(seller);
        escrow.ship(terms, TRACKING);
    }

    function _delivered(address token) internal returns (Terms memory terms) {
        terms = _shipped(token);
        vm.prank(buyer);
        escrow.deliver(terms);
    }

    function _disputed(address token) internal returns (Terms memory terms) {
        terms = _delivered(token);
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
    }

    /// @dev A deal in ETH or TestUSD brought to `state` by the shortest way.
    function _inState(address token, DealState state) internal returns (Terms memory terms) {
        if (state == DealState.None) return _terms(token);
        if (state == DealState.PartlyFunded) return _partlyFunded(token);
        if (state == DealState.Funded) return _funded(token);
        if (state == DealState.Shipped) return _shipped(token);
        if (state == DealState.Delivered) return _delivered(token);
        if (state == DealState.Disputed) return _disputed(token);
        if (state == DealState.Cancelled) {
            terms = _terms(token);
            vm.prank(seller);
            escrow.cancelOffer(terms);
            return terms;
        }
        if (state == DealState.Resolved) {
            terms = _disputed(token);
            vm.prank(arbiter);
            escrow.rule(terms, 5_000, REASON, "");
            return terms;
        }
        terms = _funded(token);
        if (state == DealState.Completed) {
            vm.prank(buyer);
            escrow.release(terms);
        } else if (state == DealState.Refunded) {
            vm.prank(seller);
            escrow.refund(terms);
        } else if (state == DealState.Settled) {
            _settle(terms, 0);
        } else {
            revert("no way leads to this state");
        }
    }

    function _settle(Terms memory terms, uint128 toBuyer) internal {
        uint128 remaining = uint128(escrow.remainingOf(terms));
        uint40 expiry = uint40(block.timestamp + 1 days);
        bytes32 digest = Digests.settlement(address(escrow), _idOf(terms), toBuyer, remaining, expiry);
        bytes memory signature = _sign(SELLER_KEY, digest);
        vm.prank(buyer);
        escrow.settle(terms, toBuyer, remaining, expiry, "", signature);
    }

    /* LOOKING */

    function _stateOf(Terms memory terms) internal view returns (DealState) {
        return escrow.dealOf(_idOf(terms)).state;
    }

    function _deadlineOf(Terms memory terms) internal view returns (uint256) {
        return escrow.dealOf(_idOf(terms)).deadline;
    }

    function _balance(address token, address account) internal view returns (uint256) {
        return token == ETH ? account.balance : TestUSD(token).balanceOf(account);
    }

    function _late(Terms memory terms) internal {
        vm.warp(_deadlineOf(terms) + 1);
    }

    function _atDeadline(Terms memory terms) internal {
        vm.warp(_deadlineOf(terms));
    }

    /* EXPECTING */

    function _assertState(Terms memory terms, DealState expected) internal view {
        vm.assertEq(uint256(_stateOf(terms)), uint256(expected), "state");
    }

    /// @dev The next call must revert because the deal is in `current`, naming the states it would allow.
    function _expectState(Terms memory terms, DealState current, DealStates allowed) internal {
        vm.expectRevert(
            abi.encodeWithSelector(IEscrowErrors.UnexpectedState.selector, _idOf(terms), current, allowed)
        );
    }

    function _expectCaller(address caller, address expected) internal {
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongCaller.selector, caller, expected));
    }

    function _expectTooEarly(Terms memory terms) internal {
        vm.expectRevert(
            abi.encodeWithSelector(IEscrowErrors.TooEarly.selector, block.timestamp, _deadlineOf(terms) + 1)
        );
    }

    function _expectTooLate(Terms memory terms) internal {
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.TooLate.selector, block.timestamp, _deadlineOf(terms)));
    }

    function _underway() internal pure returns (DealStates) {
        return only(DealState.Funded) | only(DealState.Shipped) | only(DealState.Delivered);
    }
}
